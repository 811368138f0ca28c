// Non-blocking sockets of any family, received from and sent to in batches.
#pragma once

#include <sys/socket.h>

#include <memory>
#include <vector>

#include "common.h"

namespace holdfast {

class Socket : public Napi::ObjectWrap<Socket> {
 public:
  static Napi::Function Define(Napi::Env env);

  // (domain, type, protocol) opens a socket, (fd) takes over an open one.
  explicit Socket(const Napi::CallbackInfo& info);

 private:
  // Where recvmmsg puts messages: memory of JavaScript, described once for the kernel.
  struct Receiver {
    std::vector<Napi::Reference<Napi::Uint8Array>> memory;
    Napi::Reference<Napi::Int32Array> lengths;
    Napi::FunctionReference on_batch;
    Napi::FunctionReference on_error;
    std::vector<iovec> vectors;
    std::vector<mmsghdr> headers;
    socklen_t name_size = 0;
    size_t control_size = 0;
    int flags = 0;
    bool busy = false;
  };

  Napi::Value Fd(const Napi::CallbackInfo& info);
  void Bind(const Napi::CallbackInfo& info);
  void Connect(const Napi::CallbackInfo& info);
  Napi::Value LocalAddress(const Napi::CallbackInfo& info);
  void SetOption(const Napi::CallbackInfo& info);
  Napi::Value GetOption(const Napi::CallbackInfo& info);
  void AttachFilter(const Napi::CallbackInfo& info);
  void Receive(const Napi::CallbackInfo& info);
  Napi::Value Drain(const Napi::CallbackInfo& info);
  Napi::Value Send(const Napi::CallbackInfo& info);
  void KeepAlive(const Napi::CallbackInfo& info);
  void LetGo(const Napi::CallbackInfo& info);
  Napi::Value Release(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);
  void StopReceiving();

  static void OnReadable(void* self);
  int ReadBatch();
  int DeliverBatch();
  int OpenFd(Napi::Env env) const;

  Descriptor fd_;
  bool keeps_alive_ = true;
  std::unique_ptr<Receiver> receiver_;
  // After fd_, so that polling ends before the descriptor is closed.
  std::unique_ptr<Poll> poll_;
};

}  // namespace holdfast
