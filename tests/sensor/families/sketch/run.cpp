// Connects to the sketch, writes the settings 01 05 2710 0010 07d0 (100 Hz, 16 g, 2000 °/s, five
// samples a message) and lets it read eleven samples. Prints every value that the sketch publishes.

#include "board_sketch.ino"

int main() {
  const uint8_t asked[] = {1, 5, 0x10, 0x27, 16, 0, 0xd0, 0x07};
  setup();
  loop();
  BLE.is_connected = true;
  settingsCharacteristic.write_remotely(asked, sizeof(asked));
  for (int i = 0; i < 11; i++) loop();
  BLE.is_connected = false;
  loop();
}
