// What Module derives from visit: walking, naming, state, freezing, conversion, printing.
#include <cairn/nn/module.h>

#include <cxxabi.h>
#include <algorithm>
#include <mutex>
#include <ostream>
#include <set>
#include <typeinfo>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include <cairn/autograd/modes.h>
#include <cairn/base/text.h>
#include <cairn/nn/checks.h>
#include <cairn/ops/ops.h>

namespace cairn {
namespace {

std::string joined(const std::string& path, std::string_view name) {
  if (name.empty()) throw ConfigError(fmt::format("[visit] something in '{}' has an empty name. Hint: v(\"fc1\", fc1).", path));
  return path.empty() ? std::string(name) : path + "." + std::string(name);
}

// The names that one module has given so far. A name given twice would hide one of two parameters in a file, or say one thing twice.
class Names {
 public:
  explicit Names(const Module& owner) : owner_(owner) {}
  void add(std::string_view name) {
    if (!given_.emplace(name).second)
      throw ConfigError(
          fmt::format("[visit] this {} gives the name '{}' twice. Hint: give each a name of its own; one child under two names is tied.",
                      owner_.type_name(), name));
  }

 private:
  const Module& owner_;
  std::set<std::string, std::less<>> given_;
};

// Walks a module and everything below it in the order of visit; each function gets the full path.
class Walk : public Visitor {
 public:
  std::function<void(const std::string& path, Parameter&)> on_parameter = [](const std::string&, Parameter&) {};
  std::function<void(const std::string& path, Buffer&)> on_buffer = [](const std::string&, Buffer&) {};
  std::function<void(const std::string& path, Module&)> on_module = [](const std::string&, Module&) {};
  std::function<std::shared_ptr<Module>(const std::shared_ptr<Module>&)> on_shared = [](const auto&) { return nullptr; };

  // visit is not const because most visitors write; those that only read are offered on const modules, too.
  void run(const Module& root) {
    Module& m = const_cast<Module&>(root);
    on_module(path_, m);
    Names names(root);
    Names* outer = std::exchange(names_, &names);
    m.visit(*this);
    names_ = outer;
  }

 private:
  std::string named(std::string_view name) {
    std::string path = joined(path_, name);
    names_->add(name);
    return path;
  }
  void parameter(std::string_view name, Parameter& p) override { on_parameter(named(name), p); }
  void buffer(std::string_view name, Buffer& b) override { on_buffer(named(name), b); }
  void module(std::string_view name, Module& child) override {
    std::string outer = std::exchange(path_, named(name));
    run(child);
    path_ = std::move(outer);
  }
  std::shared_ptr<Module> instead_of(const std::shared_ptr<Module>& child) override { return on_shared(child); }
  std::string path_;
  Names* names_ = nullptr;  // of the module whose visit is running
};

// The children of one module, not theirs.
class Children : public Visitor {
 public:
  std::function<void(std::string_view name, Module&)> on_child;
 private:
  void parameter(std::string_view, Parameter&) override {}
  void buffer(std::string_view, Buffer&) override {}
  void module(std::string_view name, Module& child) override { on_child(name, child); }
};

// Names live as long as the process: scopes and recorded calls point at them.
const char* interned(std::string_view name) {
  static std::mutex lock;
  static auto& names = *new std::unordered_set<std::string>;
  std::lock_guard guard(lock);
  return names.emplace(name).first->c_str();
}

// A slot with all the paths that lead to it, in the order of visit.
struct SlotPaths {
  Parameter slot;
  std::vector<std::string> paths;
};

std::vector<SlotPaths> slots_of(const Module& m, bool parameters, bool buffers) {
  std::vector<SlotPaths> slots;
  std::unordered_map<const void*, size_t> seen;
  std::unordered_map<std::string, const void*> owners;
  auto add = [&](const std::string& path, Parameter& p) {
    if (auto [owner, first] = owners.try_emplace(path, p.identity()); !first && owner->second != p.identity())
      throw ConfigError(
          fmt::format("[visit] two parameters of this {} have the path '{}': only one of them could be saved. Hint: give each a name of its own.",
                      m.type_name(), path));
    auto [at, fresh] = seen.try_emplace(p.identity(), slots.size());
    if (fresh) slots.push_back({p, {}});
    slots[at->second].paths.push_back(path);
  };
  Walk walk;
  if (parameters) walk.on_parameter = add;
  if (buffers) walk.on_buffer = [&](const std::string& path, Buffer& b) { add(path, b); };
  walk.run(m);
  return slots;
}

NamedParameters first_paths(const std::vector<SlotPaths>& slots) {
  NamedParameters list;
  for (const SlotPaths& s : slots) list.emplace_back(s.paths.front(), s.slot);
  return list;
}

// A heading and a line for each path, at most `most` of them.
void list_of(std::string& text, const std::vector<std::string>& paths, const char* what, size_t most) {
  if (paths.empty()) return;
  text += fmt::format("{}{} {}:", text.empty() ? "" : "\n", paths.size(), what);
  for (size_t i = 0; i < std::min(most, paths.size()); i++) text += "\n  " + printable(paths[i], 200);  // names can be a stranger's
  if (paths.size() > most) text += fmt::format("\n  and {} more", paths.size() - most);
}

bool below(const std::string& path, std::string_view prefix) {
  return prefix.empty() || path == prefix || (path.starts_with(prefix) && path[prefix.size()] == '.');
}

bool same_values(const Tensor& a, const Tensor& b) {
  if (!(a.shape() == b.shape())) return false;
  return all(logical_or(a == b, logical_and(isnan(a), isnan(b)))).item() != 0;
}

int set_trainable(const Module& m, std::string_view prefix, bool on) {
  int reached = 0;
  std::vector<std::string> known;
  for (const SlotPaths& s : slots_of(m, true, false)) {
    known.insert(known.end(), s.paths.begin(), s.paths.end());
    if (std::none_of(s.paths.begin(), s.paths.end(), [&](const auto& p) { return below(p, prefix); })) continue;
    Tensor leaf = s.slot.tensor();
    leaf.set_requires_grad(on);
    if (!on) leaf.zero_grad();
    reached++;
  }
  if (reached == 0 && !prefix.empty()) {
    for (const auto& [path, module] : m.modules())
      if (!path.empty()) known.push_back(path);
    throw ConfigError(fmt::format("[{}] no parameter at or below '{}'.{}", on ? "unfreeze" : "freeze", prefix, did_you_mean(prefix, known)));
  }
  return reached;
}

}  // namespace

struct Module::Hooks {
  std::vector<std::pair<int, ForwardHook>> list;
  int next = 1;
};

Module::~Module() = default;

std::string Module::type_name() const {
  int status = 0;
  std::unique_ptr<char, void (*)(void*)> text(abi::__cxa_demangle(typeid(*this).name(), nullptr, nullptr, &status), std::free);
  std::string name = status == 0 ? text.get() : typeid(*this).name();
  const size_t arguments = std::min(name.find('<'), name.size());  // "cairn::Lambda<...>": only what stands before
  name.resize(arguments);
  const size_t colon = name.rfind("::");
  return colon == std::string::npos ? name : name.substr(colon + 2);
}

std::unique_ptr<Module> Module::clone_module() const {
  std::unique_ptr<Module> copy = copy_module();
  copy->separate();
  return copy;
}

void Module::separate() {
  // Old slots and modules are kept until the end: an address that came free could be given to a new one, and be mistaken for it.
  struct Copied {
    Parameter old, fresh;
  };
  std::unordered_map<const void*, Copied> slots;
  std::unordered_set<const void*> ours;
  auto replace = [&](Parameter& p) {
    if (ours.count(p.identity())) return;  // a module that is visited under two names
    auto at = slots.find(p.identity());
    if (at == slots.end()) at = slots.emplace(p.identity(), Copied{p, p.clone()}).first;
    ours.insert(at->second.fresh.identity());
    p = at->second.fresh;
  };
  // A module behind a shared pointer came along as the pointer only.
  std::unordered_map<const Module*, std::pair<std::shared_ptr<Module>, std::shared_ptr<Module>>> shared;
  std::unordered_set<const Module*> copies;
  Walk walk;
  walk.on_shared = [&](const std::shared_ptr<Module>& child) -> std::shared_ptr<Module> {
    if (copies.count(child.get())) return nullptr;
    auto at = shared.find(child.get());
    if (at == shared.end()) at = shared.emplace(child.get(), std::pair(child, child->copy_module())).first;
    copies.insert(at->second.second.get());
    return at->second.second;
  };
  walk.on_parameter = [&](const std::string&, Parameter& p) { replace(p); };
  walk.on_buffer = [&](const std::string&, Buffer& b) { replace(b); };
  walk.run(*this);
}

void Module::name_children() {
  Children children;
  Names names(*this);
  children.on_child = [&](std::string_view name, Module& child) {
    names.add(name);
    child.name_.store(interned(name), std::memory_order_relaxed);
    child.name_children();
  };
  visit(children);
  named_.store(true, std::memory_order_release);
}

NamedParameters Module::parameters() const { return first_paths(slots_of(*this, true, false)); }
NamedParameters Module::buffers() const { return first_paths(slots_of(*this, false, true)); }

std::vector<std::pair<std::string, Module*>> Module::modules() const {
  std::vector<std::pair<std::string, Module*>> list;
  Walk walk;
  walk.on_module = [&](const std::string& path, Module& m) { list.emplace_back(path, &m); };
  walk.run(*this);
  return list;
}

int64_t Module::parameter_count() const {
  int64_t count = 0;
  for (const auto& [path, p] : parameters()) count += p.tensor().numel();
  return count;
}

void Module::zero_grad() {
  for (auto& [path, p] : parameters()) Tensor(p.tensor()).zero_grad();
}

void Module::train(bool on) {
  for (auto& [path, m] : modules()) m->training_ = on;
}

std::string StateDifference::str() const {
  constexpr size_t lines = 1000;  // the largest networks have as many tensors; a stranger's file may have any number
  const size_t groups = size_t(!missing.empty()) + !unexpected.empty() + !mismatched.empty() + !untied.empty();
  const size_t most = lines / std::max<size_t>(groups, 1);
  std::string text;
  list_of(text, missing, "missing", most);
  list_of(text, unexpected, "unexpected", most);
  list_of(text, mismatched, "of another shape", most);
  list_of(text, untied, "tied in the module but not in the file", most);
  return text;
}

StateDict Module::state_dict() const {
  StateDict values;
  for (const SlotPaths& s : slots_of(*this, true, true)) values[s.paths.front()] = s.slot.tensor().detach();
  return values;
}

StateDifference Module::load_state_dict(const StateDict& values, bool strict) {
  StateDifference differs;
  std::set<std::string> known;
  std::vector<std::pair<Tensor, Tensor>> copies;  // (to, from)
  for (const SlotPaths& s : slots_of(*this, true, true)) {
    known.insert(s.paths.begin(), s.paths.end());
    auto from = values.end();
    for (const std::string& path : s.paths) {
      const auto found = values.find(path);
      if (from == values.end()) from = found;
      else if (found != values.end() && !same_values(from->second, found->second))
        differs.untied.push_back(fmt::format("{} ({} has other values)", path, from->first));
    }
    if (from == values.end()) differs.missing.push_back(s.paths.front());
    else if (!(from->second.shape() == s.slot.shape()))
      differs.mismatched.push_back(fmt::format("{} (file {}, module {})", from->first, from->second.shape().str(), s.slot.shape().str()));
    else copies.emplace_back(s.slot.tensor(), from->second);
  }
  for (const auto& [path, value] : values)
    if (!known.count(path) && !is_batch_counter(path)) differs.unexpected.push_back(path);
  if (strict && !differs.none())
    throw StateError(fmt::format("[load_state_dict] the state does not belong to this {}:\n{}\nHint: strict = false loads what fits.", type_name(),
                                 differs.str()));
  NoGrad no_grad;
  for (auto& [to, from] : copies) to.copy_(from);
  return differs;
}

int Module::freeze(std::string_view path) { return set_trainable(*this, path, false); }
int Module::unfreeze(std::string_view path) { return set_trainable(*this, path, true); }

void Module::to(DType dtype) {
  if (!is_floating(dtype)) throw DtypeError(fmt::format("[to] a module computes in floating types, not in {}. Hint: f32 is usual.", name_of(dtype)));
  NoGrad no_grad;
  for (SlotPaths& s : slots_of(*this, true, true)) {
    const Tensor& t = s.slot.tensor();
    if (is_floating(t.dtype()) && t.dtype() != dtype) s.slot.set(t.detach().to(dtype));
  }
}

int Module::add_hook(ForwardHook hook) {
  if (!hooks_) hooks_ = {new Hooks, [](Hooks* h) { delete h; }};
  hooks_->list.emplace_back(hooks_->next, std::move(hook));
  return hooks_->next++;
}

void Module::remove_hook(int number) {
  if (!hooks_) return;
  std::erase_if(hooks_->list, [&](const auto& h) { return h.first == number; });
  if (hooks_->list.empty()) hooks_.reset();
}

void Module::before_forward(std::span<const Tensor> inputs) {
  for (size_t i = 0; hooks_ && i < hooks_->list.size(); i++)
    if (auto f = hooks_->list[i].second.before) f(*this, inputs);
}

void Module::after_forward(std::span<const Tensor> inputs, std::span<const Tensor> outputs) {
  for (size_t i = 0; hooks_ && i < hooks_->list.size(); i++)
    if (auto f = hooks_->list[i].second.after) f(*this, inputs, outputs);
}

std::string Module::str() const {
  std::string text = type_name();
  if (const std::string o = options(); !o.empty()) text += "(" + o + ")";
  std::string inside;
  Children children;
  children.on_child = [&](std::string_view name, Module& child) {
    inside += "  " + std::string(name) + ": ";
    for (char c : child.str()) {
      inside += c;
      if (c == '\n') inside += "  ";
    }
    inside += '\n';
  };
  const_cast<Module&>(*this).visit(children);
  return inside.empty() ? text : text + " {\n" + inside + "}";
}

std::ostream& operator<<(std::ostream& out, const Module& m) { return out << m.str(); }

}  // namespace cairn
