#include <cairn/ops/call.h>

#include <algorithm>
#include <atomic>

#include <cairn/autograd/outside.h>
#include <cairn/base/module_path.h>
#include <cairn/base/system.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/watch.h>

namespace cairn {

Watchers& watchers() {
  thread_local Watchers w;
  return w;
}

Call::Call(const OpInfo& info, std::span<const Tensor> inputs, std::span<const Attr> attributes) : info_(info), count_(int(inputs.size())) {
  if (count_ <= inline_inputs) std::copy(inputs.begin(), inputs.end(), inline_);
  else many_.assign(inputs.begin(), inputs.end());
  watched_ = detail::modes.watchers != 0;
  if (watched_) enter_slowly(attributes);
  if (grad_mode())
    for (const Tensor& x : std::span(this->inputs(), size_t(count_))) recording_ |= x.requires_grad();
}

Call::~Call() = default;

// Checkpointing, autocast and FLOPs: what happens on the way in when somebody watches.
void Call::enter_slowly(std::span<const Attr> attributes) {
  attributes_.emplace(attributes);
  Watchers& w = watchers();
  Tensor* x = count_ <= inline_inputs ? inline_ : many_.data();
  if (detail::modes.watchers & detail::watch_outside)
    for (int i = 0; i < count_; i++) x[i] = OutsideTensors::seen(x[i]);
  if (const DType low = detail::modes.autocast; low != f32 && info_.autocast != Autocast::widest) {
    const DType wanted = info_.autocast == Autocast::f32 ? f32 : low;
    const int cast_inputs = info_.autocast == Autocast::low_input ? 1 : count_;
    for (int i = 0; i < cast_inputs; i++)
      if (x[i].defined() && is_floating(x[i].dtype()) && x[i].dtype() != f64 && x[i].dtype() != wanted) x[i] = cast(x[i], wanted);
  }
  if (w.flops) {
    const int64_t n = info_.flops ? info_.flops(shapes(), *attributes_) : 0;
    for (FlopCounter* c = w.flops; c; c = c->outer_) c->total_ += n;
  }
  if (w.profiler) started_ = seconds_now();
}

std::vector<Shape> Call::shapes() const {
  std::vector<Shape> list;
  for (int i = 0; i < count_; i++) list.push_back(input(i).defined() ? input(i).shape() : Shape{0});
  return list;
}

void Call::note_profile(std::span<const Tensor> outputs) {
  const double seconds = seconds_now() - started_;
  int64_t bytes = 0;
  for (int i = 0; i < count_; i++)
    if (input(i).defined()) bytes += input(i).numel() * size_of(input(i).dtype());
  for (const Tensor& y : outputs) bytes += y.numel() * size_of(y.dtype());
  const std::vector<Shape> in = shapes();
  const int64_t flops = info_.flops ? info_.flops(in, *attributes_) : 0;
  const std::string plan = info_.plan ? info_.plan(in, input(0).dtype(), *attributes_) : "";
  for (Profiler* p = watchers().profiler; p; p = p->outer_) {
    ProfileLine& l = profile_line(p->lines_, info_.name, plan);
    l.calls++;
    l.seconds += seconds;
    l.bytes += bytes;
    l.flops += flops;
  }
}

// The trace, the list of ops seen, the NaN watch: on the way out.
void Call::leave_slowly(std::span<const Tensor> outputs) {
  Watchers& w = watchers();
  if (w.profiler) note_profile(outputs);
  for (OpsSeen* s = w.seen; s; s = s->outer_)
    if (std::find(s->names_.begin(), s->names_.end(), info_.name) == s->names_.end()) s->names_.push_back(info_.name);
  if (w.tracer) w.tracer->seen(info_, std::span(inputs(), size_t(count_)), *attributes_, outputs);
  if (anomaly_enabled())
    for (const Tensor& y : outputs)
      if (is_floating(y.dtype()) && !backend().all_finite(y.array())) {
        const std::string where = module_path();
        throw NumericError(std::string("[") + info_.name + "] forward made NaN or infinity in its result " + y.shape().str() +
                           (where.empty() ? "" : " in " + where) + (attributes_->values().empty() ? "" : " (" + attributes_->str() + ")") + ".");
      }
}

Call::Saved Call::save(std::initializer_list<int> which, std::initializer_list<Array> arrays) const {
  Saved s;
  if (!recording_) return s;
  for (int i : which) {
    if (i < 0 || i >= count_ || i >= 32)
      throw StateError(std::string("[") + info_.name + "] save() names input " + std::to_string(i) + ", but only the first 32 of the op's " +
                       std::to_string(count_) + " can be saved.");
    s.inputs |= 1u << i;
  }
  if (arrays.size() > std::size(s.arrays))
    throw StateError(std::string("[") + info_.name + "] save() keeps at most " + std::to_string(std::size(s.arrays)) + " arrays, not " +
                     std::to_string(arrays.size()) + ".");
  for (const Array& a : arrays) s.arrays[s.count++] = a;
  return s;
}

Call::Saved Call::save_output(std::initializer_list<int> which, std::initializer_list<Array> arrays) const {
  Saved s = save(which, arrays);
  s.output = true;
  return s;
}

Ref<Node> Call::record(std::span<const Array> ys, const Saved& saved) {
  Ref<Node> node(new Node(info_.name));
  node->where = module_path();
  node->inputs.resize(size_t(count_));
  for (int i = 0; i < count_; i++) node->inputs[size_t(i)] = Node::input_of(input(i));
  node->outputs.reserve(ys.size());
  for (const Array& y : ys) node->outputs.push_back({y.shape(), y.dtype()});
  // The mask has 32 bits: an op of more inputs (cat) saves none of them.
  for (int i = 0; i < std::min(count_, 32); i++)
    if (saved.inputs >> i & 1 && input(i).defined()) node->saved.push_back({input(i), input(i).array().storage()->version(), i, -1});
  if (saved.output)
    for (size_t o = 0; o < ys.size(); o++) node->saved.push_back({Tensor(ys[o]), ys[o].storage()->version(), -1, int(o)});
  for (int k = 0; k < saved.count; k++)  // an index that needed no copy is the caller's own: its version counts, too
    if (const Array& a = saved.arrays[k]; a.defined()) node->kept.push_back({Tensor(a), a.storage()->version()});
    else node->kept.push_back({});
  return node;
}

Tensor Call::attach(const Array& y, const Ref<Node>& node, int output) {
  auto impl = make_ref<TensorImpl>();
  impl->array = y;
  if (is_floating(y.dtype())) {
    impl->edge = {node, output};
    impl->requires_grad = true;
  }
  Tensor result(std::move(impl));
  if (watched_) [[unlikely]]
    leave_slowly(std::span(&result, 1));
  return result;
}

std::vector<Tensor> Call::attach(const std::vector<Array>& ys, const Ref<Node>& node) {
  const bool watched = std::exchange(watched_, false);
  std::vector<Tensor> result;
  for (size_t i = 0; i < ys.size(); i++) result.push_back(attach(ys[i], node, int(i)));
  if (watched) leave_slowly(result);
  return result;
}

Tensor Call::finish(const Array& y) {
  Tensor result(y);
  if (watched_) [[unlikely]]
    leave_slowly(std::span(&result, 1));
  return result;
}

std::vector<Tensor> Call::finish(const std::vector<Array>& ys) {
  std::vector<Tensor> result;
  for (const Array& y : ys) result.emplace_back(y);
  if (watched_) [[unlikely]]
    leave_slowly(result);
  return result;
}

Tensor Call::not_differentiable(const Array& y, const char*) { return finish(y); }
std::vector<Tensor> Call::not_differentiable(const std::vector<Array>& ys, const char*) { return finish(ys); }

Tensor Call::differentiable_with(const Array& y, const Saved& saved, std::function<void(Backward&)> f) {
  if (!recording_) return finish(y);
  Ref<Node> node = record(std::span<const Array>(&y, 1), saved);
  node->set_function(std::move(f), 0);
  return attach(y, node, 0);
}

// ---- counting

FlopCounter::FlopCounter() : outer_(watchers().flops) {
  watchers().flops = this;
  watch(detail::watch_flops, true);
}
FlopCounter::~FlopCounter() {
  watchers().flops = outer_;
  watch(detail::watch_flops, outer_ != nullptr);
}
OpsSeen::OpsSeen() : outer_(watchers().seen) {
  watchers().seen = this;
  watch(detail::watch_seen, true);
}
OpsSeen::~OpsSeen() {
  watchers().seen = outer_;
  watch(detail::watch_seen, outer_ != nullptr);
}

AutocastScope::AutocastScope(DType low) : before_(int(detail::modes.autocast)) {
  if (low != DType::bf16 && low != DType::f32)
    throw UnsupportedError(std::string("[autocast] the low type is bf16 (f32 switches it off), not ") + name_of(low) + ".");
  if (low != f32 && !backend().has_bf16()) {
    static std::atomic<bool> said{false};
    if (!said.exchange(true)) log_warning("this CPU has no fast instructions for bf16: it is computed by way of f32, right but slower than f32.");
  }
  detail::modes.autocast = low;
  watch(detail::watch_autocast, low != f32);
}
AutocastScope::~AutocastScope() {
  detail::modes.autocast = DType(before_);
  watch(detail::watch_autocast, detail::modes.autocast != f32);
}

}  // namespace cairn
