// Toepoint's sketch for programmable boards: streams acceleration and angular rate over Bluetooth
// in the layout of firmware_notes/board.md.
//
// UNTESTED ON HARDWARE. It compiles against stand-ins for the libraries, and its layout is tested
// on a computer, but it has not run on a board yet.
//
// Boards: Arduino Nano 33 BLE Sense (Rev1, Rev2), Seeed XIAO nRF52840 Sense (mbed core), Nicla
// Sense ME. Libraries: ArduinoBLE, and the one for the board's sensor that board_imu.h includes.

#include <ArduinoBLE.h>

#include "board_imu.h"
#include "board_layout.h"

#define BOARD_UUID(number) "10fc" number "-e930-4a64-8a98-603696b6f5e5"

BLEService streamService(BOARD_UUID("0001"));
BLECharacteristic dataCharacteristic(BOARD_UUID("0002"), BLENotify, board::MAX_MESSAGE_BYTES);
BLECharacteristic settingsCharacteristic(BOARD_UUID("0003"), BLERead | BLEWrite,
                                         board::SETTINGS_BYTES);

board::Settings settings = {1, 0, 4, 2000};
board::Message message;
uint16_t sequence = 0;

void publishSettings() {
  uint8_t bytes[board::SETTINGS_BYTES];
  board::write_settings(settings, bytes);
  settingsCharacteristic.writeValue(bytes, sizeof(bytes));
}

// Applies the settings that were written. The settings in force are always readable: what the
// sensor cannot do is replaced by what it does.
void applySettings() {
  board::Settings wanted = settings;
  const int length = settingsCharacteristic.valueLength();
  if (board::read_settings(settingsCharacteristic.value(), length, wanted)) {
    settings = imu_configure(wanted);
    message.begin(sequence, micros());
  }
  publishSettings();
}

// Samples are numbered even when nobody is subscribed, so that a loss shows as a gap.
void streamSample() {
  float acc_g[3];
  float gyr_dps[3];
  if (!imu_read(acc_g, gyr_dps)) return;
  if (message.count() == 0) message.begin(sequence, micros());
  message.add(acc_g, gyr_dps, settings);
  sequence++;
  if (message.count() >= settings.count) {
    dataCharacteristic.writeValue(message.bytes(), message.length());
    message.begin(sequence, micros());
  }
}

// Without a sensor or without Bluetooth nothing can be streamed: the light blinks forever.
void fail() {
  pinMode(LED_BUILTIN, OUTPUT);
  for (bool on = true;; on = !on) {
    digitalWrite(LED_BUILTIN, on ? HIGH : LOW);
    delay(200);
  }
}

void setup() {
  if (!imu_begin() || !BLE.begin()) fail();
  BLE.setLocalName("Toepoint board");
  BLE.setDeviceName("Toepoint board");
  BLE.setConnectionInterval(12, 24);  // 15 to 30 ms, in units of 1.25 ms
  BLE.setAdvertisedService(streamService);
  streamService.addCharacteristic(dataCharacteristic);
  streamService.addCharacteristic(settingsCharacteristic);
  BLE.addService(streamService);
  publishSettings();
  BLE.advertise();
}

void loop() {
  BLE.poll();
  if (!BLE.connected()) {
    if (settings.rate_centihz) {
      settings.rate_centihz = 0;
      settings = imu_configure(settings);
      publishSettings();
    }
    return;
  }
  if (settingsCharacteristic.written()) applySettings();
  if (settings.rate_centihz) streamSample();
}
