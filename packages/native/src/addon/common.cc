#include "common.h"

#include <cerrno>
#include <cstring>
#include <string>

#include <unistd.h>

#include "signals.h"

namespace holdfast {

Napi::Error ErrnoError(Napi::Env env, const char* syscall, int number) {
  const std::string code = uv_err_name(-number);
  Napi::Error error =
      Napi::Error::New(env, std::string(syscall) + " failed: " + code + " (" + uv_strerror(-number) + ")");
  error.Set("code", code);
  error.Set("syscall", Napi::String::New(env, syscall));
  error.Set("errno", Napi::Number::New(env, number));
  return error;
}

void ThrowErrno(Napi::Env env, const char* syscall) {
  throw ErrnoError(env, syscall, errno);
}

Bytes BytesOf(const Napi::Value& value, const char* what) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
    throw Napi::TypeError::New(value.Env(), std::string(what) + " has to be a Uint8Array");
  }
  Napi::Uint8Array array = value.As<Napi::Uint8Array>();
  return {array.Data(), array.ByteLength()};
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    Close();
    fd_ = other.Release();
  }
  return *this;
}

int Descriptor::Release() {
  const int fd = fd_;
  fd_ = -1;
  return fd;
}

void Descriptor::Close() {
  // Linux frees the number even when close() reports EINTR, so it is never called twice.
  if (fd_ >= 0) close(Release());
}

Environment::Environment(Napi::Env env) : context(env, "holdfast") {}
Environment::~Environment() = default;

Poll::Poll(Napi::Env env, int fd, OnReadable on_readable, void* owner)
    : env_(env), on_readable_(on_readable), owner_(owner), handle_(nullptr) {
  uv_loop_t* loop = nullptr;
  if (napi_get_uv_event_loop(env, &loop) != napi_ok) throw Napi::Error::New(env, "the environment has no event loop");
  auto handle = std::make_unique<Handle>();
  const int failure = uv_poll_init(loop, &handle->poll, fd);
  if (failure != 0) throw ErrnoError(env, "uv_poll_init", -failure);
  handle->owner = this;
  handle_ = handle.release();
  uv_poll_start(&handle_->poll, UV_READABLE, OnPoll);
  napi_add_env_cleanup_hook(env_, OnEnvironmentEnd, this);
}

Poll::~Poll() {
  if (handle_ == nullptr) return;
  napi_remove_env_cleanup_hook(env_, OnEnvironmentEnd, this);
  Close();
}

void Poll::Close() {
  Handle* handle = handle_;
  handle_ = nullptr;
  handle->owner = nullptr;
  uv_poll_stop(&handle->poll);
  uv_close(reinterpret_cast<uv_handle_t*>(&handle->poll),
           [](uv_handle_t* closed) { delete reinterpret_cast<Handle*>(closed); });
}

void Poll::Ref() {
  if (handle_ != nullptr) uv_ref(reinterpret_cast<uv_handle_t*>(&handle_->poll));
}

void Poll::Unref() {
  if (handle_ != nullptr) uv_unref(reinterpret_cast<uv_handle_t*>(&handle_->poll));
}

void Poll::OnPoll(uv_poll_t* poll, int status, int) {
  Poll* self = reinterpret_cast<Handle*>(poll)->owner;
  if (self == nullptr) return;
  // libuv stops a poll that reports POLLERR (a lost netlink event, an interface gone down). Reading fetches and clears
  // such an error, so go on listening.
  if (status < 0) uv_poll_start(poll, UV_READABLE, OnPoll);
  self->on_readable_(self->owner_);
}

void Poll::OnEnvironmentEnd(void* self) {
  static_cast<Poll*>(self)->Close();
}

void CallFromLoop(Napi::Env env, const Napi::Object& receiver, const Napi::Function& function,
                  std::initializer_list<napi_value> arguments) {
  Environment* environment = env.GetInstanceData<Environment>();
  napi_value result = nullptr;
  const napi_status status = napi_make_callback(env, environment->context, receiver, function, arguments.size(),
                                                arguments.begin(), &result);
  if (status == napi_ok) return;
  // Also reached when the environment is being ended: then there is no exception, and nobody to tell.
  napi_value thrown = nullptr;
  bool pending = false;
  if (napi_is_exception_pending(env, &pending) != napi_ok || !pending) return;
  if (napi_get_and_clear_last_exception(env, &thrown) == napi_ok) napi_fatal_exception(env, thrown);
}

}  // namespace holdfast
