#include "signals.h"

#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>

namespace holdfast {

namespace {

constexpr int kMostSignal = 64;

// What goes through the pipe: a signal, and the process that sent it with its name. That one may end the moment it has
// sent: its name is read in the handler, by calls that are allowed there (signal-safety(7)).
struct Arrived {
  int signal;
  pid_t sender;
  char name[16];
};

// What a signal handler may touch: it runs on any thread, at any time.
std::atomic<int> pipe_end{-1};
std::atomic<pid_t> owner{0};
std::atomic<int> alarm_after[kMostSignal + 1];
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may not wait for a lock");

void StartAlarm(int milliseconds) {
  const itimerval after = {{0, 0}, {milliseconds / 1000, (milliseconds % 1000) * 1000}};
  setitimer(ITIMER_REAL, &after, nullptr);
}

// Reads /proc/PID/comm, at most 15 characters and a newline; leaves the name empty where nothing can be read.
void ReadName(pid_t pid, char* name, size_t room) {
  char path[32] = "/proc/";
  size_t end = 6;
  char digits[12];
  size_t count = 0;
  for (pid_t rest = pid; rest > 0; rest /= 10) digits[count++] = static_cast<char>('0' + rest % 10);
  while (count > 0) path[end++] = digits[--count];
  for (const char* tail = "/comm"; *tail != 0; tail++) path[end++] = *tail;
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  const ssize_t length = read(fd, name, room - 1);
  if (length > 0 && name[length - 1] == '\n') name[length - 1] = 0;
  close(fd);
}

void OnSignal(int signal, siginfo_t* info, void*) {
  const int saved = errno;
  // A child between fork and exec shares the pipe; what hits the child is none of ours.
  if (getpid() == owner.load()) {
    const int milliseconds = alarm_after[signal].load();
    if (milliseconds > 0) StartAlarm(milliseconds);
    Arrived arrived = {};
    arrived.signal = signal;
    // Others are the kernel's own; a sender outside this process namespace is 0.
    if (info->si_code == SI_USER || info->si_code == SI_QUEUE) arrived.sender = info->si_pid;
    if (arrived.sender > 0) ReadName(arrived.sender, arrived.name, sizeof arrived.name);
    const int fd = pipe_end.load();
    // A full pipe has thousands of signals waiting already: this one is dropped.
    if (fd >= 0 && write(fd, &arrived, sizeof arrived) < 0) errno = 0;
  }
  errno = saved;
}

int SignalOf(const Napi::Value& value) {
  const int signal = value.As<Napi::Number>().Int32Value();
  if (signal < 1 || signal > kMostSignal) throw Napi::RangeError::New(value.Env(), "a signal is a number from 1 to 64");
  return signal;
}

void Install(Napi::Env env, int signal) {
  struct sigaction action = {};
  action.sa_sigaction = OnSignal;
  action.sa_flags = SA_RESTART | SA_SIGINFO;
  sigfillset(&action.sa_mask);
  owner.store(getpid());
  if (sigaction(signal, &action, nullptr) < 0) ThrowErrno(env, "sigaction");
}

void WatchSignals(const Napi::CallbackInfo& info) {
  const Napi::Array numbers = info[0].As<Napi::Array>();
  std::bitset<65> signals;
  for (uint32_t i = 0; i < numbers.Length(); i++) signals.set(static_cast<size_t>(SignalOf(numbers.Get(i))));
  Environment* environment = info.Env().GetInstanceData<Environment>();
  if (!environment->signals) environment->signals = std::make_unique<SignalWatch>(info.Env());
  environment->signals->Add(signals, info[1].As<Napi::Function>());
  for (int signal = 1; signal <= kMostSignal; signal++) {
    if (signals.test(static_cast<size_t>(signal))) Install(info.Env(), signal);
  }
}

void AlarmOnSignal(const Napi::CallbackInfo& info) {
  const int signal = SignalOf(info[0]);
  alarm_after[signal].store(info[1].As<Napi::Number>().Int32Value());
  Install(info.Env(), signal);
}

void Alarm(const Napi::CallbackInfo& info) {
  StartAlarm(static_cast<int>(info[0].As<Napi::Number>().DoubleValue() * 1e3));
}

}  // namespace

SignalWatch::SignalWatch(Napi::Env env) : env_(env) {
  int ends[2];
  if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) < 0) ThrowErrno(env, "pipe2");
  read_end_ = Descriptor(ends[0]);
  write_end_ = Descriptor(ends[1]);
  int none = -1;
  if (!pipe_end.compare_exchange_strong(none, write_end_.Get())) {
    throw Napi::Error::New(env, "another thread of this process watches signals already");
  }
  poll_ = std::make_unique<Poll>(env, read_end_.Get(), OnReadable, this);
  poll_->Unref();
}

SignalWatch::~SignalWatch() {
  // The handlers stay: while a process ends, a further signal is ignored instead of cutting the clean-up short.
  pipe_end.store(-1);
}

void SignalWatch::Add(const std::bitset<65>& signals, const Napi::Function& on_signal) {
  listeners_.push_back({signals, Napi::Persistent(on_signal)});
}

void SignalWatch::OnReadable(void* self) {
  SignalWatch* watch = static_cast<SignalWatch*>(self);
  Napi::HandleScope scope(watch->env_);
  // Writes of this size are whole, and so are reads of a multiple of it (pipe(7)).
  Arrived arrived[64];
  const ssize_t length = read(watch->read_end_.Get(), arrived, sizeof arrived);
  for (ssize_t i = 0; i < length / static_cast<ssize_t>(sizeof(Arrived)); i++) {
    const auto& [signal, sender, name] = arrived[i];
    // By index: a listener may add another one.
    for (size_t k = 0; k < watch->listeners_.size(); k++) {
      if (!watch->listeners_[k].signals.test(static_cast<size_t>(signal))) continue;
      const Napi::Function on_signal = watch->listeners_[k].on_signal.Value();
      CallFromLoop(watch->env_, watch->env_.Global(), on_signal,
                   {Napi::Number::New(watch->env_, signal), Napi::Number::New(watch->env_, sender),
                    Napi::String::New(watch->env_, name)});
    }
  }
}

void DefineSignals(Napi::Env env, Napi::Object exports) {
  exports.Set("watchSignals", Napi::Function::New<WatchSignals>(env));
  exports.Set("alarmOnSignal", Napi::Function::New<AlarmOnSignal>(env));
  exports.Set("alarm", Napi::Function::New<Alarm>(env));
}

}  // namespace holdfast
