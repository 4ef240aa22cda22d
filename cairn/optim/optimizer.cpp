// Groups, the walk from gradients to kernel slots (kept between steps), and state.
#include <cairn/ops/profile.h>
#include <cairn/optim/optimizer.h>

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

// Options hold doubles and switches only.
double as_number(const Field& f) { return *static_cast<double*>(f.value); }

Json to_json(const Fields& fields) {
  Json values = Json::object();
  for (const Field& f : fields.list()) values[f.name] = f.kind == Field::boolean ? Json(*static_cast<bool*>(f.value)) : Json(as_number(f));
  return values;
}

// With `store` off it only reads (FileError for what is missing or of another kind).
void from_json(const Fields& fields, const Json& values, bool store) {
  for (const Field& f : fields.list()) {
    const Json& v = values.at(f.name);
    const double number = f.kind == Field::boolean ? v.as_bool() : v.as_double();
    if (!store) continue;
    if (f.kind == Field::boolean) *static_cast<bool*>(f.value) = number != 0;
    else *static_cast<double*>(f.value) = number;
  }
}

void check_range(const char* optimizer, const Field& f, double v) {
  const bool ok = (f.range.low_open ? v > f.range.low : v >= f.range.low) && v <= f.range.high;
  if (!ok) throw ConfigError(fmt::format("[{}] {} must be {} (got {})", optimizer, f.name, Fields::range_text(f), v));
}

// The option called a, or else b.
const Field& option_of(const char* optimizer, const Fields& fields, const char* a, const char* b) {
  const Field* found = fields.find(a);
  if (!found) found = fields.find(b);
  if (!found) throw UnsupportedError(fmt::format("[{}] has no {}", optimizer, a));
  return *found;
}

Array fresh_state(const Tensor& p, double value) {
  Array s(p.shape(), p.dtype() == f64 ? f64 : f32);
  backend().fill(s, value);
  return s;
}

}  // namespace

Optimizer::Group& Optimizer::at(int group) const {
  if (group < 0 || group >= group_count()) throw IndexError(fmt::format("[{}] there is no group {}: it has {}", name(), group, group_count()));
  return groups_[group];
}

void Optimizer::add_entries(const char* name, const NamedParameters& parameters) {
  if (parameters.empty()) throw ConfigError(fmt::format("[{}] a group needs at least one parameter", name));
  std::map<const void*, std::string> slots;
  std::set<std::string> paths;
  for (const Group& g : groups_)
    for (const Entry& e : g.entries) slots[e.parameter.identity()] = e.path, paths.insert(e.path);
  Group group;
  for (const auto& [path, p] : parameters) {
    const Tensor& t = p.tensor();
    if (!is_floating(t.dtype())) throw DtypeError(fmt::format("[{}] '{}' has type {}, which no step can move", name, path, name_of(t.dtype())));
    if (auto [at, fresh] = slots.try_emplace(p.identity(), path); !fresh)
      throw ConfigError(fmt::format("[{}] '{}' is already there as '{}'", name, path, at->second));
    if (!paths.insert(path).second)
      throw ConfigError(
          fmt::format("[{}] two parameters have the path '{}'. Hint: state is kept by path; give each model a prefix of its own.", name, path));
    group.entries.push_back({path, p});
  }
  groups_.push_back(std::move(group));
}

void Optimizer::check_ranges(const Fields& fields) const {
  for (const Field& f : fields.list())
    if (f.kind == Field::number) check_range(name(), f, as_number(f));
}

// Sorts the entries that have a gradient into buckets.
void Optimizer::rebuild(int index) {
  Group& group = groups_[index];
  group.buckets.clear();
  const int states = group.states = state_count(index);
  std::map<int64_t, size_t> buckets;
  for (Entry& e : group.entries) {
    const Tensor& p = e.parameter.tensor();
    e.active = bool(p.impl()->grad);
    e.seen = p.impl();
    if (!e.active) continue;
    if (!p.is_contiguous())
      throw StateError(fmt::format("[{}] '{}' is not row-major. Hint: make the parameter from a contiguous tensor.", name(), e.path));
    for (int i = 0; i < states; i++) {
      if (!e.states[i].defined()) e.states[i] = fresh_state(p, state_start(index));
      const DType wanted = p.dtype() == f64 ? f64 : f32;  // the model has been converted since
      if (e.states[i].dtype() != wanted) e.states[i] = cast_copy(e.states[i], wanted);
    }
    auto [at, fresh] = buckets.try_emplace(bucket_of(e), group.buckets.size());
    if (fresh) group.buckets.emplace_back();
    Bucket& b = group.buckets[at->second];
    b.entries.push_back(&e);
    b.slots.push_back({p.array(), {}, states > 0 ? e.states[0] : Array(), states > 1 ? e.states[1] : Array()});
  }
}

void Optimizer::step() {
  int64_t bytes = 0;
  if (profiling())  // values, gradients and states are read, values and states written
    for (const Group& g : groups_)
      for (const Bucket& b : g.buckets)
        for (const OptimSlot& s : b.slots) bytes += s.p.numel() * size_of(s.p.dtype()) * (3 + 2 * (s.s0.defined() + s.s1.defined()));
  ProfileScope profile(name(), bytes);
  for (int g = 0; g < group_count(); g++) {
    Group& group = groups_[g];
    bool same = group.states == state_count(g);
    for (const Entry& e : group.entries) {
      const TensorImpl* p = e.parameter.tensor().impl().get();
      same &= p == e.seen.get() && bool(p->grad) == e.active;
    }
    if (!same) rebuild(g);
    for (Bucket& b : group.buckets) {
      for (size_t i = 0; i < b.entries.size(); i++) {
        const Array& grad = b.entries[i]->seen->grad->array;
        b.slots[i].g = grad.contiguous() ? grad : contiguous_copy(grad);
        b.entries[i]->steps++;
      }
      run(g, b, *b.entries[0]);
      for (OptimSlot& s : b.slots) {
        s.p.storage()->written(written_by(), &s.p.shape());
        s.g = Array();  // zero_grad must free the gradients
      }
    }
  }
}

void Optimizer::zero_grad() {
  for (Group& g : groups_)
    for (Entry& e : g.entries) e.parameter.tensor().impl()->grad = nullptr;
}

double Optimizer::number(int group, const char* a, const char* b) const {
  at(group);
  const Fields f = fields(group);
  return as_number(option_of(name(), f, a, b));
}

void Optimizer::set_number(int group, const char* a, const char* b, double value) {
  at(group);
  const Fields f = fields(group);
  const Field& option = option_of(name(), f, a, b);
  check_range(name(), option, value);
  *static_cast<double*>(option.value) = value;
}

double Optimizer::lr(int group) const { return number(group, "lr", "lr"); }
void Optimizer::set_lr(double lr, int group) { set_number(group, "lr", "lr", lr); }
void Optimizer::set_lr(double lr) {
  for (int g = 0; g < group_count(); g++) set_lr(lr, g);
}
double Optimizer::momentum(int group) const { return number(group, "momentum", "beta1"); }
void Optimizer::set_momentum(double momentum, int group) { set_number(group, "momentum", "beta1", momentum); }

NamedParameters Optimizer::parameters(int group) const {
  NamedParameters list;
  for (const Entry& e : at(group).entries) list.emplace_back(e.path, e.parameter);
  return list;
}

NamedParameters Optimizer::parameters() const {
  NamedParameters list;
  for (int g = 0; g < group_count(); g++)
    for (auto& p : parameters(g)) list.push_back(std::move(p));
  return list;
}

State Optimizer::state() const {
  State state;
  state.values["optimizer"] = name();
  Json groups = Json::array();
  for (int g = 0; g < group_count(); g++) {
    Json parameters = Json::array();
    for (const Entry& e : groups_[g].entries) {
      int64_t count = 0;
      for (int i = 0; i < 2 && e.states[i].defined(); i++, count++) state.tensors[e.path + "." + state_name(i)] = Tensor(e.states[i]);
      parameters.push_back(Json::object({{"path", e.path}, {"steps", e.steps}, {"number", e.number}, {"states", count}}));
    }
    groups.push_back(Json::object({{"options", to_json(fields(g))}, {"parameters", std::move(parameters)}}));
  }
  state.values["groups"] = std::move(groups);
  return state;
}

// Everything is compared before anything is changed.
void Optimizer::load_state(const State& state) {
  const auto refuse = [&](const std::string& why) {
    throw StateError(fmt::format("[{}] the stored state belongs to another optimiser: {}", name(), why));
  };
  if (!state.values.find("optimizer") || !state.values.find("groups")) refuse("it is not of an optimiser at all");
  if (const std::string& stored = state.values.at("optimizer").as_string(); stored != name()) refuse(fmt::format("it is of {}", stored));
  const Json::Array& groups = state.values.at("groups").as_array();
  if (int(groups.size()) != group_count()) refuse(fmt::format("it has {} groups, this has {}", groups.size(), group_count()));

  std::set<std::string> used;
  std::vector<std::vector<Entry>> fresh;
  for (int g = 0; g < group_count(); g++) {
    fresh.push_back(groups_[g].entries);
    std::map<std::string, const Json*> stored;
    from_json(fields(g), groups[g].at("options"), false);
    for (const Json& p : groups[g].at("parameters").as_array()) stored[p.at("path").as_string()] = &p;
    for (Entry& e : fresh.back()) {
      const auto found = stored.find(e.path);
      if (found == stored.end()) refuse(fmt::format("'{}' is missing", e.path));
      e.steps = found->second->at("steps").as_int();
      e.number = found->second->at("number").as_double();
      e.seen = nullptr;
      const int64_t count = found->second->at("states").as_int();
      for (int i = 0; i < 2; i++) {
        e.states[i] = Array();
        if (i >= count) continue;
        const std::string key = e.path + "." + state_name(i);
        const auto t = state.tensors.find(key);
        if (t == state.tensors.end()) refuse(fmt::format("'{}' is missing", key));
        if (!(t->second.shape() == e.parameter.shape()))
          refuse(fmt::format("'{}' has the shape {}, the parameter {}", key, t->second.shape().str(), e.parameter.shape().str()));
        e.states[i] = contiguous_copy(t->second.array());
        used.insert(key);
      }
      stored.erase(found);
    }
    if (!stored.empty()) refuse(fmt::format("'{}' is not here", stored.begin()->first));
  }
  for (const auto& [key, t] : state.tensors)
    if (!used.count(key)) refuse(fmt::format("'{}' is not here", key));
  for (int g = 0; g < group_count(); g++) {
    from_json(fields(g), groups[g].at("options"), true);
    groups_[g].entries = std::move(fresh[g]);
    groups_[g].buckets.clear();
  }
}

}  // namespace cairn
