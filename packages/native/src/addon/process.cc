#include "process.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <ctime>

namespace holdfast {

namespace {

// Numbers of the kernel's ABI, which headers older than the kernel may lack.
constexpr long kCloseRange = 436;
constexpr unsigned kCloseRangeCloexec = 4;

Napi::Value MonotonicMicros(const Napi::CallbackInfo& info) {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const int64_t microseconds = static_cast<int64_t>(now.tv_sec) * 1000000 + now.tv_nsec / 1000;
  return Napi::Number::New(info.Env(), static_cast<double>(microseconds));
}

void SetParentDeathSignal(const Napi::CallbackInfo& info) {
  const unsigned long signal = info[0].As<Napi::Number>().Uint32Value();
  if (prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0) < 0) ThrowErrno(info.Env(), "prctl");
}

void SetRealtime(const Napi::CallbackInfo& info) {
  sched_param parameter = {};
  parameter.sched_priority = info[0].As<Napi::Number>().Int32Value();
  const int policy = parameter.sched_priority > 0 ? SCHED_RR : SCHED_OTHER;
  if (sched_setscheduler(0, policy | SCHED_RESET_ON_FORK, &parameter) < 0) {
    ThrowErrno(info.Env(), "sched_setscheduler");
  }
}

void SetResourceLimit(const Napi::CallbackInfo& info) {
  const auto limit = [&info](size_t i) -> rlim_t {
    const double value = info[i].As<Napi::Number>().DoubleValue();
    return value >= 0 && value < 1.8e19 ? static_cast<rlim_t>(value) : RLIM_INFINITY;
  };
  const rlimit limits = {limit(1), limit(2)};
  const auto resource = static_cast<__rlimit_resource_t>(info[0].As<Napi::Number>().Int32Value());
  if (setrlimit(resource, &limits) < 0) ThrowErrno(info.Env(), "setrlimit");
}

// For kernels before 5.11, which have no close_range with CLOEXEC.
void CloseOnExecOneByOne(Napi::Env env, int first) {
  DIR* directory = opendir("/proc/self/fd");
  if (directory == nullptr) ThrowErrno(env, "opendir");
  while (const dirent* entry = readdir(directory)) {
    const int fd = std::atoi(entry->d_name);
    if (fd >= first && entry->d_name[0] != '.') fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  closedir(directory);
}

void CloseOnExecFrom(const Napi::CallbackInfo& info) {
  const int first = info[0].As<Napi::Number>().Int32Value();
  if (syscall(kCloseRange, first, ~0U, kCloseRangeCloexec) == 0) return;
  if (errno != ENOSYS && errno != EINVAL && errno != EPERM) ThrowErrno(info.Env(), "close_range");
  CloseOnExecOneByOne(info.Env(), first);
}

Napi::Value LockFile(const Napi::CallbackInfo& info) {
  struct flock lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const int failed = fcntl(info[0].As<Napi::Number>().Int32Value(), F_OFD_SETLK, &lock);
  if (failed < 0 && errno != EAGAIN && errno != EACCES) ThrowErrno(info.Env(), "fcntl");
  return Napi::Boolean::New(info.Env(), failed == 0);
}

}  // namespace

void DefineProcess(Napi::Env env, Napi::Object exports) {
  exports.Set("monotonicMicros", Napi::Function::New<MonotonicMicros>(env));
  exports.Set("setParentDeathSignal", Napi::Function::New<SetParentDeathSignal>(env));
  exports.Set("setRealtime", Napi::Function::New<SetRealtime>(env));
  exports.Set("setResourceLimit", Napi::Function::New<SetResourceLimit>(env));
  exports.Set("closeOnExecFrom", Napi::Function::New<CloseOnExecFrom>(env));
  exports.Set("lockFile", Napi::Function::New<LockFile>(env));
}

}  // namespace holdfast
