// An absolute timer on CLOCK_MONOTONIC.
#pragma once

#include <memory>

#include "common.h"

namespace holdfast {

class Timer : public Napi::ObjectWrap<Timer> {
 public:
  static Napi::Function Define(Napi::Env env);

  // (onExpire)
  explicit Timer(const Napi::CallbackInfo& info);

 private:
  void Arm(const Napi::CallbackInfo& info);
  void Disarm(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  static void OnReadable(void* self);
  void Set(int64_t nanoseconds);
  void SetArmed(bool armed);

  Descriptor fd_;
  bool armed_ = false;
  Napi::FunctionReference on_expire_;
  std::unique_ptr<Poll> poll_;
};

}  // namespace holdfast
