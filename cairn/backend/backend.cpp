// Which backend the process uses, and how tensor/ copies through it.
#include <cairn/backend/backend.h>

#include <atomic>

#include <cairn/backend/reference/reference.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>

namespace cairn {

namespace {

std::atomic<Backend*> current{nullptr};

Backend& backend_named(const std::string& name) {
  if (name == "reference") return reference_backend();
  if (name == "cpu") return cpu_backend();
  throw ConfigError("[backend] there is no backend '" + printable(name) + "'." + did_you_mean(name, {"cpu", "reference"}) +
                    " Hint: set CAIRN_BACKEND or --backend to cpu (fast) or reference (naive loops).");
}

}  // namespace

// Asks for the backend at each call, so that a copy always runs on the one in use.
void ensure_backend_installed() {
  static const bool installed = [] {
    install_device_ops({[](const Array& from, Array& to) { backend().copy(from, to); }, [](Array& to, double value) { backend().fill(to, value); }});
    return true;
  }();
  (void)installed;
}

Backend& backend() {
  if (Backend* b = current.load(std::memory_order_acquire)) return *b;
  const std::string name = env("CAIRN_BACKEND");
  Backend* chosen = &backend_named(name.empty() ? "cpu" : name);
  Backend* none = nullptr;
  if (!current.compare_exchange_strong(none, chosen)) chosen = none;  // another thread was faster
  ensure_backend_installed();
  return *chosen;
}

void use_backend(const std::string& name) {
  current.store(&backend_named(name), std::memory_order_release);
  ensure_backend_installed();
}

namespace {
std::atomic<int> plans{-1};  // not asked yet
}

ConvPlans conv_plans() {
  int p = plans.load(std::memory_order_relaxed);
  if (p >= 0) return ConvPlans(p);
  const std::string name = env("CAIRN_CONV_PLAN");
  if (name != "" && name != "auto" && name != "direct" && name != "winograd")
    throw ConfigError("[conv2d] CAIRN_CONV_PLAN is '" + printable(name) + "'." + did_you_mean(name, {"auto", "direct", "winograd"}) +
                      " Hint: auto, direct or winograd.");
  set_conv_plans(name == "direct" ? ConvPlans::direct : name == "winograd" ? ConvPlans::winograd : ConvPlans::automatic);
  return conv_plans();
}
void set_conv_plans(ConvPlans p) { plans.store(int(p), std::memory_order_relaxed); }

Backend& reference_backend() {
  static ReferenceBackend instance;
  return instance;
}

UseBackend::UseBackend(Backend& b) : before_(&backend()) { current.store(&b, std::memory_order_release); }
UseBackend::~UseBackend() { current.store(before_, std::memory_order_release); }

}  // namespace cairn
