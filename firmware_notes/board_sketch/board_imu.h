// The sensors of all boards behind three functions. Choose the board in the Arduino IDE; for one
// that is not recognised here, define BOARD_NANO_REV1, BOARD_NANO_REV2, BOARD_XIAO or BOARD_NICLA.
//
//   imu_begin      switches the sensor on; returns false if it does not answer
//   imu_configure  applies `wanted` as far as the sensor can; returns the settings in force
//   imu_read       returns true if there is a new sample, and stores it in `acc_g` and `gyr_dps`

#pragma once

#include "board_layout.h"

#if !defined(BOARD_NANO_REV1) && !defined(BOARD_NANO_REV2) && !defined(BOARD_XIAO) && \
    !defined(BOARD_NICLA)
#if defined(ARDUINO_NICLA)
#define BOARD_NICLA
#elif defined(ARDUINO_ARDUINO_NANO33BLE)
#define BOARD_NANO_REV1  // for the Rev2 board define BOARD_NANO_REV2 above this line
#else
#define BOARD_XIAO
#endif
#endif

#if defined(BOARD_NANO_REV1) || defined(BOARD_NANO_REV2)

#if defined(BOARD_NANO_REV1)
#include <Arduino_LSM9DS1.h>
#else
#include <Arduino_BMI270_BMM150.h>
#endif

// Both libraries fix the ranges at 4 g and 2000 °/s, and the rate.
inline bool imu_begin() { return IMU.begin(); }

inline board::Settings imu_configure(const board::Settings& wanted) {
  board::Settings in_force = wanted;
  in_force.rate_centihz = wanted.rate_centihz ? uint16_t(IMU.gyroscopeSampleRate() * 100.0f) : 0;
  in_force.acc_range_g = 4;
  in_force.gyr_range_dps = 2000;
  return in_force;
}

inline bool imu_read(float acc_g[3], float gyr_dps[3]) {
  if (!IMU.accelerationAvailable() || !IMU.gyroscopeAvailable()) return false;
  IMU.readAcceleration(acc_g[0], acc_g[1], acc_g[2]);
  IMU.readGyroscope(gyr_dps[0], gyr_dps[1], gyr_dps[2]);
  return true;
}

#elif defined(BOARD_XIAO)

#include <LSM6DS3.h>  // Seeed Arduino LSM6DS3
#include <Wire.h>

inline LSM6DS3& imu() {
  static LSM6DS3 sensor(I2C_MODE, 0x6A);
  return sensor;
}

inline bool imu_begin() { return imu().begin() == IMU_SUCCESS; }

inline board::Settings imu_configure(const board::Settings& wanted) {
  board::Settings in_force = wanted;
  if (!wanted.rate_centihz) return in_force;
  const uint16_t rates_hz[] = {26, 52, 104, 208};
  uint16_t rate_hz = rates_hz[3];
  for (int i = 3; i >= 0; i--) {
    if (rates_hz[i] * 100 >= wanted.rate_centihz) rate_hz = rates_hz[i];
  }
  const uint16_t g = wanted.acc_range_g;
  const uint16_t dps = wanted.gyr_range_dps;
  in_force.rate_centihz = rate_hz * 100;
  in_force.acc_range_g = (g == 2 || g == 4 || g == 8) ? g : 16;
  in_force.gyr_range_dps = (dps == 500 || dps == 1000) ? dps : 2000;
  imu().settings.accelSampleRate = rate_hz;
  imu().settings.gyroSampleRate = rate_hz;
  imu().settings.accelRange = in_force.acc_range_g;
  imu().settings.gyroRange = in_force.gyr_range_dps;
  imu().begin();
  return in_force;
}

inline bool imu_read(float acc_g[3], float gyr_dps[3]) {
  uint8_t status = 0;
  imu().readRegister(&status, LSM6DS3_ACC_GYRO_STATUS_REG);
  if ((status & 0x03) != 0x03) return false;  // bit 0: acceleration is new, bit 1: rate is new
  acc_g[0] = imu().readFloatAccelX();
  acc_g[1] = imu().readFloatAccelY();
  acc_g[2] = imu().readFloatAccelZ();
  gyr_dps[0] = imu().readFloatGyroX();
  gyr_dps[1] = imu().readFloatGyroY();
  gyr_dps[2] = imu().readFloatGyroZ();
  return true;
}

#else  // BOARD_NICLA

#include <Arduino_BHY2.h>

// The sensor hub sends counts, where 32768 is the range, in a packet for each new sample.
class FreshXYZ : public SensorXYZ {
 public:
  using SensorXYZ::SensorXYZ;
  using SensorXYZ::setData;
  void setData(SensorDataPacket& data) override {
    SensorXYZ::setData(data);
    fresh = true;
  }
  bool fresh = false;
};

inline FreshXYZ& accelerometer() {
  static FreshXYZ sensor(SENSOR_ID_ACC);
  return sensor;
}

inline FreshXYZ& gyroscope() {
  static FreshXYZ sensor(SENSOR_ID_GYRO);
  return sensor;
}

inline board::Settings& nicla_settings() {
  static board::Settings settings = {1, 0, 8, 2000};
  return settings;
}

inline bool imu_begin() { return BHY2.begin(NICLA_STANDALONE); }

inline board::Settings imu_configure(const board::Settings& wanted) {
  board::Settings& in_force = nicla_settings();
  in_force = wanted;
  const float rate_hz = wanted.rate_centihz / 100.0f;
  if (!wanted.rate_centihz) {
    accelerometer().end();
    gyroscope().end();
    return in_force;
  }
  accelerometer().begin(rate_hz, 0);
  gyroscope().begin(rate_hz, 0);
  accelerometer().setRange(wanted.acc_range_g);
  gyroscope().setRange(wanted.gyr_range_dps);
  in_force.acc_range_g = accelerometer().getConfiguration().range;
  in_force.gyr_range_dps = gyroscope().getConfiguration().range;
  in_force.rate_centihz = uint16_t(gyroscope().getConfiguration().sample_rate * 100.0f);
  return in_force;
}

inline bool imu_read(float acc_g[3], float gyr_dps[3]) {
  BHY2.update();
  if (!accelerometer().fresh || !gyroscope().fresh) return false;
  accelerometer().fresh = gyroscope().fresh = false;
  const float g = nicla_settings().acc_range_g / 32768.0f;
  const float dps = nicla_settings().gyr_range_dps / 32768.0f;
  acc_g[0] = accelerometer().x() * g;
  acc_g[1] = accelerometer().y() * g;
  acc_g[2] = accelerometer().z() * g;
  gyr_dps[0] = gyroscope().x() * dps;
  gyr_dps[1] = gyroscope().y() * dps;
  gyr_dps[2] = gyroscope().z() * dps;
  return true;
}

#endif
