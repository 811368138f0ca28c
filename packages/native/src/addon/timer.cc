#include "timer.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace holdfast {

Napi::Function Timer::Define(Napi::Env env) {
  return DefineClass(env, "Timer",
                     {
                         InstanceMethod<&Timer::Arm>("arm"),
                         InstanceMethod<&Timer::Disarm>("disarm"),
                         InstanceMethod<&Timer::Close>("close"),
                     });
}

Timer::Timer(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<Timer>(info), on_expire_(Napi::Persistent(info[0].As<Napi::Function>())) {
  fd_ = Descriptor(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
  if (!fd_.IsOpen()) ThrowErrno(info.Env(), "timerfd_create");
  poll_ = std::make_unique<Poll>(info.Env(), fd_.Get(), OnReadable, this);
  poll_->Unref();
}

void Timer::Arm(const Napi::CallbackInfo& info) {
  // 0 would disarm: the earliest time is 1 ns after boot, which has passed and so fires at once.
  const double nanoseconds = info[0].As<Napi::Number>().DoubleValue() * 1e3;
  if (!(nanoseconds < 9e18)) throw Napi::RangeError::New(info.Env(), "a time has to be a finite number of microseconds");
  Set(std::max<int64_t>(1, static_cast<int64_t>(std::max(nanoseconds, 0.0))));
  SetArmed(true);
}

void Timer::Disarm(const Napi::CallbackInfo&) {
  if (fd_.IsOpen()) Set(0);
  SetArmed(false);
}

void Timer::Set(int64_t nanoseconds) {
  if (!fd_.IsOpen()) throw ErrnoError(Env(), "a call on a closed timer", EBADF);
  const itimerspec at = {{0, 0}, {nanoseconds / 1000000000, nanoseconds % 1000000000}};
  if (timerfd_settime(fd_.Get(), TFD_TIMER_ABSTIME, &at, nullptr) < 0) ThrowErrno(Env(), "timerfd_settime");
}

// An armed timer lives, and keeps the loop alive, by itself.
void Timer::SetArmed(bool armed) {
  if (armed == armed_) return;
  armed_ = armed;
  if (armed) {
    Ref();
    if (poll_) poll_->Ref();
  } else {
    if (poll_) poll_->Unref();
    Unref();
  }
}

void Timer::OnReadable(void* self) {
  Timer* timer = static_cast<Timer*>(self);
  Napi::HandleScope scope(timer->Env());
  const Napi::Object object = timer->Value();
  uint64_t expirations = 0;
  // Nothing to read: armed anew since it became readable.
  if (read(timer->fd_.Get(), &expirations, sizeof expirations) != sizeof expirations) return;
  timer->SetArmed(false);
  CallFromLoop(timer->Env(), object, timer->on_expire_.Value(), {});
}

void Timer::Close(const Napi::CallbackInfo&) {
  SetArmed(false);
  poll_.reset();
  fd_.Close();
}

}  // namespace holdfast
