// The layout of firmware_notes/board.md, independent of Arduino, so that a test can compile it on a
// computer and read its bytes back. All numbers are little-endian, as the boards are.

#pragma once

#include <math.h>
#include <stdint.h>

namespace board {

constexpr uint8_t VERSION = 1;
constexpr int HEAD_BYTES = 8;
constexpr int SAMPLE_BYTES = 12;
constexpr int MAX_COUNT = 19;
constexpr int MAX_MESSAGE_BYTES = HEAD_BYTES + MAX_COUNT * SAMPLE_BYTES;
constexpr int SETTINGS_BYTES = 8;

struct Settings {
  uint8_t count;            // samples in a message
  uint16_t rate_centihz;    // 0: idle
  uint16_t acc_range_g;
  uint16_t gyr_range_dps;
};

inline void put_u16(uint8_t* at, uint16_t value) {
  at[0] = value & 0xFF;
  at[1] = value >> 8;
}

inline uint16_t get_u16(const uint8_t* at) {
  return at[0] | (uint16_t(at[1]) << 8);
}

inline void write_settings(const Settings& settings, uint8_t* out) {
  out[0] = VERSION;
  out[1] = settings.count;
  put_u16(out + 2, settings.rate_centihz);
  put_u16(out + 4, settings.acc_range_g);
  put_u16(out + 6, settings.gyr_range_dps);
}

// Returns false and changes nothing if the bytes are not settings of this version.
inline bool read_settings(const uint8_t* bytes, int length, Settings& out) {
  if (length < SETTINGS_BYTES || bytes[0] != VERSION || bytes[1] < 1 || bytes[1] > MAX_COUNT) {
    return false;
  }
  out.count = bytes[1];
  out.rate_centihz = get_u16(bytes + 2);
  out.acc_range_g = get_u16(bytes + 4);
  out.gyr_range_dps = get_u16(bytes + 6);
  return true;
}

// Returns a value in counts, where 32768 is the range; saturates at the ends of 16 bits.
inline int16_t to_count(float value, float range) {
  float count = roundf(value / range * 32768.0f);
  if (!(count < 32767.0f)) return 32767;
  if (count < -32768.0f) return -32768;
  return int16_t(count);
}

// A message that is being filled.
class Message {
 public:
  int count() const { return bytes_[1]; }
  int length() const { return HEAD_BYTES + count() * SAMPLE_BYTES; }
  const uint8_t* bytes() const { return bytes_; }

  // `sequence` is the number of the first sample, `time_us` the board's clock at it.
  void begin(uint16_t sequence, uint32_t time_us) {
    bytes_[0] = VERSION;
    bytes_[1] = 0;
    put_u16(bytes_ + 2, sequence);
    put_u16(bytes_ + 4, time_us & 0xFFFF);
    put_u16(bytes_ + 6, time_us >> 16);
  }

  void add(const float acc_g[3], const float gyr_dps[3], const Settings& settings) {
    uint8_t* at = bytes_ + length();
    for (int i = 0; i < 3; i++) {
      put_u16(at + 2 * i, uint16_t(to_count(acc_g[i], settings.acc_range_g)));
      put_u16(at + 6 + 2 * i, uint16_t(to_count(gyr_dps[i], settings.gyr_range_dps)));
    }
    bytes_[1]++;
  }

 private:
  uint8_t bytes_[MAX_MESSAGE_BYTES] = {VERSION, 0};
};

}  // namespace board
