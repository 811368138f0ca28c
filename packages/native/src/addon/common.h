// What every part of the addon uses: errors, descriptors that close themselves, polled descriptors.
#pragma once

#include <napi.h>
#include <uv.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>

namespace holdfast {

// An Error with `code` ("EADDRINUSE"), `syscall` and a positive `errno`.
Napi::Error ErrnoError(Napi::Env env, const char* syscall, int number);
[[noreturn]] void ThrowErrno(Napi::Env env, const char* syscall);

struct Bytes {
  uint8_t* data;
  size_t length;
};

// The bytes of a Uint8Array; throws a TypeError that names `what` for anything else.
Bytes BytesOf(const Napi::Value& value, const char* what);

// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.Release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { Close(); }

  int Get() const { return fd_; }
  bool IsOpen() const { return fd_ >= 0; }
  int Release();
  void Close();

 private:
  int fd_ = -1;
};

class SignalWatch;

// What one environment (main thread or worker thread) has of its own.
struct Environment {
  explicit Environment(Napi::Env env);
  ~Environment();

  Napi::AsyncContext context;
  std::unique_ptr<SignalWatch> signals;
};

// A descriptor watched for reading by the environment's loop, from construction to destruction. The callback may
// destroy its own Poll. The descriptor has to outlive the Poll.
class Poll {
 public:
  using OnReadable = void (*)(void* owner);

  Poll(Napi::Env env, int fd, OnReadable on_readable, void* owner);
  ~Poll();
  Poll(const Poll&) = delete;
  Poll& operator=(const Poll&) = delete;

  // Whether the poll keeps the loop alive.
  void Ref();
  void Unref();

 private:
  struct Handle {
    uv_poll_t poll;
    Poll* owner;
  };

  static void OnPoll(uv_poll_t* poll, int status, int events);
  static void OnEnvironmentEnd(void* self);
  void Close();

  Napi::Env env_;
  OnReadable on_readable_;
  void* owner_;
  Handle* handle_;
};

// Calls a function from the loop, then what process.nextTick and promises have waiting. What it throws becomes an
// 'uncaughtException'.
void CallFromLoop(Napi::Env env, const Napi::Object& receiver, const Napi::Function& function,
                  std::initializer_list<napi_value> arguments);

}  // namespace holdfast
