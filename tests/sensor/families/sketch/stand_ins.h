// The parts of Arduino and of the boards' libraries that the sketch uses, to run it on a computer:
// a clock that advances 10 ms a sample, a sensor that counts, a radio that prints.

#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

enum { LOW, HIGH, OUTPUT, LED_BUILTIN, BLERead, BLEWrite, BLENotify };

inline uint32_t clock_us = 4294900000u;
inline uint32_t micros() { return clock_us; }
inline void delay(int) {}
inline void pinMode(int, int) {}
inline void digitalWrite(int, int) {}

struct BLECharacteristic {
  BLECharacteristic(const char*, int, int size) : size_(size) {}
  int writeValue(const uint8_t* bytes, int length) {
    value_.assign(bytes, bytes + (length < size_ ? length : size_));
    for (uint8_t byte : value_) std::printf("%02x", byte);
    std::printf("\n");
    return 1;
  }
  const uint8_t* value() const { return value_.data(); }
  int valueLength() const { return int(value_.size()); }
  bool written() {
    const bool was = written_;
    written_ = false;
    return was;
  }
  void write_remotely(const uint8_t* bytes, int length) {
    value_.assign(bytes, bytes + length);
    written_ = true;
  }

 private:
  int size_;
  bool written_ = false;
  std::vector<uint8_t> value_;
};

struct BLEService {
  explicit BLEService(const char*) {}
  void addCharacteristic(BLECharacteristic&) {}
};

struct Radio {
  bool is_connected = false;
  bool begin() { return true; }
  void poll() {}
  bool connected() const { return is_connected; }
  void setLocalName(const char*) {}
  void setDeviceName(const char*) {}
  void setConnectionInterval(int, int) {}
  void setAdvertisedService(BLEService&) {}
  void addService(BLEService&) {}
  void advertise() {}
};
inline Radio BLE;

inline int samples_read = 0;

struct NanoImu {
  bool begin() { return true; }
  float gyroscopeSampleRate() { return 100.0f; }
  bool accelerationAvailable() { return true; }
  bool gyroscopeAvailable() { return true; }
  void readAcceleration(float& x, float& y, float& z) {
    clock_us += 10000;
    x = 0.125f * float(samples_read++);
    y = -1.0f;
    z = 100.0f;
  }
  void readGyroscope(float& x, float& y, float& z) {
    x = 500.0f;
    y = -0.25f * float(samples_read);
    z = -9999.0f;
  }
};
inline NanoImu IMU;

enum status_t { IMU_SUCCESS };
enum { I2C_MODE, LSM6DS3_ACC_GYRO_STATUS_REG };
struct LSM6DS3 {
  struct {
    uint16_t gyroRange, gyroSampleRate, accelRange, accelSampleRate;
  } settings;
  LSM6DS3(uint8_t, uint8_t) {}
  status_t begin() { return IMU_SUCCESS; }
  status_t readRegister(uint8_t* out, uint8_t) { return *out = 3, IMU_SUCCESS; }
  float readFloatAccelX() { return 0; }
  float readFloatAccelY() { return 0; }
  float readFloatAccelZ() { return 1; }
  float readFloatGyroX() { return 0; }
  float readFloatGyroY() { return 0; }
  float readFloatGyroZ() { return 0; }
};

enum { NICLA_STANDALONE, SENSOR_ID_ACC, SENSOR_ID_GYRO };
struct SensorDataPacket {};
struct SensorLongDataPacket {};
struct SensorConfig {
  float sample_rate;
  uint16_t range;
};
struct SensorXYZ {
  explicit SensorXYZ(uint8_t) {}
  virtual ~SensorXYZ() = default;
  bool begin(float, uint32_t) { return true; }
  void end() {}
  int setRange(uint16_t) { return 0; }
  const SensorConfig getConfiguration() { return {100.0f, 8}; }
  virtual void setData(SensorDataPacket&) {}
  virtual void setData(SensorLongDataPacket&) {}
  int16_t x() { return 0; }
  int16_t y() { return 0; }
  int16_t z() { return 0; }
};
struct SensorHub {
  bool begin(int) { return true; }
  void update() {}
};
inline SensorHub BHY2;
