#include "socket.h"

#include <fcntl.h>
#include <linux/filter.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace holdfast {

namespace {

constexpr size_t kLengthsPerMessage = 4;  // data, name, control, flags
constexpr size_t kMostMessagesPerCall = 1024;

// One message on its way out; the bytes stay those of JavaScript.
void DescribeOutgoing(const Napi::Object& message, iovec* vector, msghdr* header) {
  const Bytes data = BytesOf(message.Get("data"), "data");
  *vector = {data.data, data.length};
  header->msg_iov = vector;
  header->msg_iovlen = 1;
  const Napi::Value to = message.Get("to");
  if (!to.IsUndefined()) {
    const Bytes name = BytesOf(to, "to");
    header->msg_name = name.data;
    header->msg_namelen = static_cast<socklen_t>(name.length);
  }
  const Napi::Value control = message.Get("control");
  if (!control.IsUndefined()) {
    const Bytes bytes = BytesOf(control, "control");
    header->msg_control = bytes.length == 0 ? nullptr : bytes.data;
    header->msg_controllen = bytes.length;
  }
}

Descriptor Adopt(Napi::Env env, int fd) {
  const int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
    ThrowErrno(env, "fcntl");
  }
  return Descriptor(fd);
}

Descriptor Open(Napi::Env env, int domain, int type, int protocol) {
  Descriptor fd(socket(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol));
  if (!fd.IsOpen()) ThrowErrno(env, "socket");
  return fd;
}

}  // namespace

Napi::Function Socket::Define(Napi::Env env) {
  return DefineClass(env, "Socket",
                     {
                         InstanceAccessor<&Socket::Fd>("fd"),
                         InstanceMethod<&Socket::Bind>("bind"),
                         InstanceMethod<&Socket::Connect>("connect"),
                         InstanceMethod<&Socket::LocalAddress>("localAddress"),
                         InstanceMethod<&Socket::SetOption>("setOption"),
                         InstanceMethod<&Socket::GetOption>("getOption"),
                         InstanceMethod<&Socket::AttachFilter>("attachFilter"),
                         InstanceMethod<&Socket::Receive>("receive"),
                         InstanceMethod<&Socket::Drain>("drain"),
                         InstanceMethod<&Socket::Send>("send"),
                         InstanceMethod<&Socket::KeepAlive>("ref"),
                         InstanceMethod<&Socket::LetGo>("unref"),
                         InstanceMethod<&Socket::Release>("release"),
                         InstanceMethod<&Socket::Close>("close"),
                     });
}

Socket::Socket(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Socket>(info) {
  const auto number = [&info](size_t i) { return info[i].As<Napi::Number>().Int32Value(); };
  fd_ = info.Length() == 1 ? Adopt(info.Env(), number(0)) : Open(info.Env(), number(0), number(1), number(2));
}

int Socket::OpenFd(Napi::Env env) const {
  if (!fd_.IsOpen()) throw ErrnoError(env, "a call on a closed socket", EBADF);
  return fd_.Get();
}

Napi::Value Socket::Fd(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), fd_.Get());
}

void Socket::Bind(const Napi::CallbackInfo& info) {
  const Bytes name = BytesOf(info[0], "the address");
  const auto* address = reinterpret_cast<const sockaddr*>(name.data);
  if (bind(OpenFd(info.Env()), address, static_cast<socklen_t>(name.length)) < 0) ThrowErrno(info.Env(), "bind");
}

void Socket::Connect(const Napi::CallbackInfo& info) {
  const Bytes name = BytesOf(info[0], "the address");
  const auto* address = reinterpret_cast<const sockaddr*>(name.data);
  if (connect(OpenFd(info.Env()), address, static_cast<socklen_t>(name.length)) < 0 && errno != EINPROGRESS) {
    ThrowErrno(info.Env(), "connect");
  }
}

Napi::Value Socket::LocalAddress(const Napi::CallbackInfo& info) {
  sockaddr_storage name = {};
  socklen_t length = sizeof name;
  if (getsockname(OpenFd(info.Env()), reinterpret_cast<sockaddr*>(&name), &length) < 0) {
    ThrowErrno(info.Env(), "getsockname");
  }
  Napi::Uint8Array result = Napi::Uint8Array::New(info.Env(), std::min<size_t>(length, sizeof name));
  std::memcpy(result.Data(), &name, result.ByteLength());
  return result;
}

void Socket::SetOption(const Napi::CallbackInfo& info) {
  const int fd = OpenFd(info.Env());
  const int level = info[0].As<Napi::Number>().Int32Value();
  const int name = info[1].As<Napi::Number>().Int32Value();
  int number = 0;
  Bytes value = {reinterpret_cast<uint8_t*>(&number), sizeof number};
  if (info[2].IsNumber()) {
    number = info[2].As<Napi::Number>().Int32Value();
  } else {
    value = BytesOf(info[2], "the value");
  }
  if (setsockopt(fd, level, name, value.data, static_cast<socklen_t>(value.length)) < 0) {
    ThrowErrno(info.Env(), "setsockopt");
  }
}

Napi::Value Socket::GetOption(const Napi::CallbackInfo& info) {
  const int fd = OpenFd(info.Env());
  std::vector<uint8_t> value(info[2].As<Napi::Number>().Uint32Value());
  socklen_t length = static_cast<socklen_t>(value.size());
  if (getsockopt(fd, info[0].As<Napi::Number>().Int32Value(), info[1].As<Napi::Number>().Int32Value(), value.data(),
                 &length) < 0) {
    ThrowErrno(info.Env(), "getsockopt");
  }
  Napi::Uint8Array result = Napi::Uint8Array::New(info.Env(), std::min<size_t>(length, value.size()));
  std::copy_n(value.begin(), result.ByteLength(), result.Data());
  return result;
}

void Socket::AttachFilter(const Napi::CallbackInfo& info) {
  const Bytes bytes = BytesOf(info[0], "the filter");
  std::vector<sock_filter> instructions(bytes.length / sizeof(sock_filter));
  std::memcpy(instructions.data(), bytes.data, instructions.size() * sizeof(sock_filter));
  const sock_fprog program = {static_cast<unsigned short>(instructions.size()), instructions.data()};
  if (setsockopt(OpenFd(info.Env()), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) < 0) {
    ThrowErrno(info.Env(), "setsockopt");
  }
}

// (batch, data, names, control, lengths, onBatch, onError): the arrays hold `batch` slots of equal size, `lengths` 4
// numbers a message.
void Socket::Receive(const Napi::CallbackInfo& info) {
  const int fd = OpenFd(info.Env());
  if (poll_) throw Napi::Error::New(info.Env(), "the socket is receiving already");
  const size_t batch = info[0].As<Napi::Number>().Uint32Value();
  const Bytes data = BytesOf(info[1], "data");
  const Bytes names = BytesOf(info[2], "names");
  const Bytes control = BytesOf(info[3], "control");
  Napi::Int32Array lengths = info[4].As<Napi::Int32Array>();
  if (batch == 0 || batch > kMostMessagesPerCall || lengths.ElementLength() < batch * kLengthsPerMessage) {
    throw Napi::RangeError::New(info.Env(), "a batch has 1 to 1024 messages, and 4 lengths for each");
  }
  auto receiver = std::make_unique<Receiver>();
  for (size_t i = 1; i <= 3; i++) {
    receiver->memory.push_back(Napi::Reference<Napi::Uint8Array>::New(info[i].As<Napi::Uint8Array>(), 1));
  }
  receiver->lengths = Napi::Reference<Napi::Int32Array>::New(lengths, 1);
  receiver->on_batch = Napi::Persistent(info[5].As<Napi::Function>());
  receiver->on_error = Napi::Persistent(info[6].As<Napi::Function>());
  receiver->name_size = static_cast<socklen_t>(names.length / batch);
  receiver->control_size = control.length / batch;
  // Descriptors arrive only through AF_UNIX; packet sockets refuse the flag.
  int domain = 0;
  socklen_t domain_size = sizeof domain;
  if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &domain_size) < 0) ThrowErrno(info.Env(), "getsockopt");
  receiver->flags = MSG_DONTWAIT | (domain == AF_UNIX ? MSG_CMSG_CLOEXEC : 0);
  receiver->vectors.resize(batch);
  receiver->headers.resize(batch);
  const size_t size = data.length / batch;
  for (size_t i = 0; i < batch; i++) {
    receiver->vectors[i] = {data.data + i * size, size};
    msghdr& header = receiver->headers[i].msg_hdr;
    header.msg_iov = &receiver->vectors[i];
    header.msg_iovlen = 1;
    header.msg_name = names.data + i * receiver->name_size;
    header.msg_control = receiver->control_size == 0 ? nullptr : control.data + i * receiver->control_size;
  }
  poll_ = std::make_unique<Poll>(info.Env(), fd, OnReadable, this);
  receiver_ = std::move(receiver);
  if (!keeps_alive_) poll_->Unref();
  // While it receives, the socket lives even if JavaScript holds no reference to it.
  Ref();
}

// The number of messages read, or a negative errno.
int Socket::ReadBatch() {
  for (mmsghdr& message : receiver_->headers) {
    message.msg_hdr.msg_namelen = receiver_->name_size;
    message.msg_hdr.msg_controllen = receiver_->control_size;
  }
  int count;
  do {
    count = recvmmsg(fd_.Get(), receiver_->headers.data(), static_cast<unsigned>(receiver_->headers.size()),
                     receiver_->flags, nullptr);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return -errno;
  int32_t* lengths = receiver_->lengths.Value().Data();
  for (int i = 0; i < count; i++, lengths += kLengthsPerMessage) {
    const mmsghdr& message = receiver_->headers[i];
    lengths[0] = static_cast<int32_t>(message.msg_len);
    lengths[1] = static_cast<int32_t>(std::min(message.msg_hdr.msg_namelen, receiver_->name_size));
    lengths[2] = static_cast<int32_t>(message.msg_hdr.msg_controllen);
    lengths[3] = message.msg_hdr.msg_flags;
  }
  return count;
}

// Reads one batch and hands it over; the number of messages, or a negative errno.
int Socket::DeliverBatch() {
  Napi::Env env = Env();
  Napi::HandleScope scope(env);
  // The handle keeps the socket alive if the callback closes it.
  const Napi::Object self = Value();
  const int count = ReadBatch();
  if (count == -EAGAIN) return count;
  receiver_->busy = true;
  if (count < 0) {
    CallFromLoop(env, self, receiver_->on_error.Value(), {ErrnoError(env, "recvmmsg", -count).Value()});
  } else {
    CallFromLoop(env, self, receiver_->on_batch.Value(), {Napi::Number::New(env, count)});
  }
  if (receiver_) receiver_->busy = false;
  return count;
}

void Socket::OnReadable(void* self) {
  static_cast<Socket*>(self)->DeliverBatch();
}

// (batches): reads up to so many batches at once and returns the number of messages.
Napi::Value Socket::Drain(const Napi::CallbackInfo& info) {
  int total = 0;
  const uint32_t batches = info[0].As<Napi::Number>().Uint32Value();
  // A batch that is being handled still needs its memory.
  for (uint32_t i = 0; i < batches && receiver_ && !receiver_->busy; i++) {
    const int batch = static_cast<int>(receiver_->headers.size());
    const int count = DeliverBatch();
    total += std::max(count, 0);
    if (count < batch) break;
  }
  return Napi::Number::New(info.Env(), total);
}

Napi::Value Socket::Send(const Napi::CallbackInfo& info) {
  const int fd = OpenFd(info.Env());
  const Napi::Array messages = info[0].As<Napi::Array>();
  std::vector<iovec> vectors(messages.Length());
  std::vector<mmsghdr> headers(messages.Length());
  for (uint32_t i = 0; i < messages.Length(); i++) {
    Napi::HandleScope scope(info.Env());
    DescribeOutgoing(messages.Get(i).As<Napi::Object>(), &vectors[i], &headers[i].msg_hdr);
  }
  size_t sent = 0;
  while (sent < headers.size()) {
    const size_t wanted = std::min(headers.size() - sent, kMostMessagesPerCall);
    const int count = sendmmsg(fd, &headers[sent], static_cast<unsigned>(wanted), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && sent == 0) ThrowErrno(info.Env(), "sendmmsg");
    if (count <= 0) break;
    sent += static_cast<size_t>(count);
    if (static_cast<size_t>(count) < wanted) break;
  }
  return Napi::Number::New(info.Env(), static_cast<double>(sent));
}

void Socket::KeepAlive(const Napi::CallbackInfo&) {
  keeps_alive_ = true;
  if (poll_) poll_->Ref();
}

void Socket::LetGo(const Napi::CallbackInfo&) {
  keeps_alive_ = false;
  if (poll_) poll_->Unref();
}

// The descriptor goes on, in the caller's hands.
Napi::Value Socket::Release(const Napi::CallbackInfo& info) {
  OpenFd(info.Env());
  const int fd = fd_.Release();
  StopReceiving();
  return Napi::Number::New(info.Env(), fd);
}

void Socket::Close(const Napi::CallbackInfo&) {
  StopReceiving();
  fd_.Close();
}

void Socket::StopReceiving() {
  const bool receiving = poll_ != nullptr;
  poll_.reset();
  receiver_.reset();
  if (receiving) Unref();
}

}  // namespace holdfast
