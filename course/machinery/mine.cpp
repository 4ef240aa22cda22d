#include <course/machinery/mine.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>

namespace cairn::course {

namespace {

using Numbers = std::vector<double>;
using PiecePtr = std::shared_ptr<Piece>;

Tensor tensor_of(const Numbers& values, const Shape& shape, DType dtype) {
  if (dtype == f64) return from_span(std::span<const double>(values), shape);
  const std::vector<float> narrow(values.begin(), values.end());
  return from_span(std::span<const float>(narrow), shape).to(dtype);
}

std::vector<Tensor> not_traced(const std::vector<Tensor>&, const Attributes&) {
  throw UnsupportedError("a network with the learner's own pieces cannot be traced.\nHint: load its weights into the recipe's own network.");
}

// Ops of this program alone: they have no samples, as what they compute is the learner's.
const OpInfo relu_info = {"your_relu", Autocast::f32, not_traced, nullptr};
const OpInfo linear_info = {"your_linear", Autocast::f32, not_traced, nullptr};
const OpInfo loss_info = {"your_loss", Autocast::f32, not_traced, nullptr};

constexpr const char* why_once = "a learner's piece gives first derivatives only";

void once(const Backward& b) {
  if (b.create_graph()) throw UnsupportedError(std::string(why_once) + ".");
}

}  // namespace

PiecePtr& Pieces::at(const std::string& name) {
  if (name == "standardise") return standardise;
  if (name == "linear") return linear;
  if (name == "relu") return relu;
  if (name == "loss") return loss;
  if (name == "step") return step;
  if (name == "f1") return f1;
  throw StateError("there is no piece '" + printable(name) + "'.");
}

std::vector<PiecePtr> Pieces::all() const {
  std::vector<PiecePtr> list;
  for (const PiecePtr& p : {standardise, linear, relu, loss, step, f1})
    if (p) list.push_back(p);
  return list;
}

// ---- ops

Tensor relu_by(const PiecePtr& piece, const Tensor& x) {
  Call op(relu_info, {x});
  const Numbers in = x.to_vector<double>();
  Numbers out(in.size());
  piece->call("piece_relu", in.data(), in.size(), out.data());
  piece->check_finite("relu", in, out);
  return op.differentiable_with(tensor_of(out, x.shape(), x.dtype()).array(), op.save({0}), [piece](Backward& b) {
    once(b);
    b.give(0, [&] {
      const Numbers x = b.input(0).to_vector<double>(), dy = b.grad(0).to_vector<double>();
      Numbers dx(x.size());
      piece->call("piece_relu_backward", x.data(), dy.data(), x.size(), dx.data());
      piece->check_finite("backward", dy, dx);
      return tensor_of(dx, b.input_shape(0), b.input(0).dtype());
    });
  });
}

Tensor linear_by(const PiecePtr& piece, const Tensor& x, const Tensor& w, const Tensor& bias) {
  const Tensor inputs[] = {x, w, bias};
  Call op(linear_info, std::span<const Tensor>(inputs, bias.defined() ? 3 : 2));
  check_rank("linear", x, exactly(2));
  const Tensor y = [&] {
    NoGrad off;
    return linear(x, w, bias);
  }();
  return op.differentiable_with(y.array(), op.save({0, 1}), [piece](Backward& b) {
    once(b);
    const Tensor x = b.input(0), w = b.input(1);
    const bool has_bias = b.input_count() > 2;
    const size_t n = size_t(x.size(0)), k = size_t(x.size(1)), m = size_t(w.size(0));
    const Numbers from_x = x.to_vector<double>(), from_w = w.t().to_vector<double>(), dy = b.grad(0).to_vector<double>();
    Numbers dx(n * k), dw(k * m), db(m);
    piece->call("piece_linear_backward", from_x.data(), from_w.data(), dy.data(), n, k, m, dx.data(), dw.data(), has_bias ? db.data() : nullptr);
    piece->check_finite("matmul_backward (da)", dy, dx);
    piece->check_finite("matmul_backward (db)", dy, dw);
    piece->check_finite("broadcast_backward", dy, db);
    b.give(0, [&] { return tensor_of(dx, x.shape(), x.dtype()); });
    b.give(1, [&] { return tensor_of(dw, {int64_t(k), int64_t(m)}, w.dtype()).t().contiguous(); });
    if (has_bias) b.give(2, [&] { return tensor_of(db, {int64_t(m)}, w.dtype()); });
  });
}

Tensor loss_by(const PiecePtr& piece, const Tensor& logits, const Tensor& labels) {
  Call op(loss_info, {logits});
  check_rank("loss", logits, exactly(2), "logits");
  const size_t columns = size_t(logits.size(1));
  const Numbers z = logits.to_vector<double>(), y = one_hot(labels, int64_t(columns)).to_vector<double>();
  if (y.size() != z.size()) fail_shape("loss", "there must be a label for each row of the logits", {{"logits", logits}, {"labels", labels}});
  double loss = 0;
  piece->call("piece_loss", z.data(), y.data(), z.size(), columns, &loss);
  piece->check_finite("bce_with_logits", z, std::span<const double>(&loss, 1));
  return op.differentiable_with(tensor_of({loss}, {}, logits.dtype()).array(), op.save({0}), [piece, y, columns](Backward& b) {
    once(b);
    b.give(0, [&] {
      const Numbers z = b.input(0).to_vector<double>();
      Numbers gradient(z.size());
      piece->call("piece_loss_gradient", z.data(), y.data(), z.size(), columns, gradient.data());
      piece->check_finite("bce_gradient", z, gradient);
      const double scale = b.grad(0).item();
      for (double& g : gradient) g *= scale;
      return tensor_of(gradient, b.input_shape(0), b.input(0).dtype());
    });
  });
}

Tensor engine_loss(const Tensor& logits, const Tensor& labels) {
  const int64_t classes = logits.size(1);
  return bce_with_logits(logits, one_hot(labels, classes).to(logits.dtype())) * double(classes);
}

// ---- the network

namespace {

// The recipe's network, layer by layer, with the learner's pieces where a layer has one. Its state is that of the network: same paths.
struct WithPieces : Layer<WithPieces> {
  WithPieces(Sequential net, Pieces pieces) : net(std::move(net)), pieces(std::move(pieces)) {}
  Tensor forward(const Tensor& x) {
    Tensor y = x;
    for (int64_t i = 0; i < int64_t(net.size()); i++) {
      const auto* linear = dynamic_cast<const Linear*>(&net[i]);
      if (linear && pieces.linear) y = linear_by(pieces.linear, y, linear->weight.value(), linear->bias.defined() ? linear->bias.value() : Tensor());
      else if (dynamic_cast<const ReLU*>(&net[i]) && pieces.relu) y = relu_by(pieces.relu, y);
      else y = net[i].apply(y);
    }
    return y;
  }
  void visit(Visitor& v) override { net.visit(v); }
  std::string type_name() const override { return "Sequential with your pieces"; }
  Sequential net;
  Pieces pieces;
};

// Stochastic gradient descent whose step is the learner's. Saved and loaded as SGD is.
class LearnerStep final : public OptimizerOf<SgdOptions> {
 public:
  LearnerStep(PiecePtr piece, const NamedParameters& parameters, double lr) : piece_(std::move(piece)) { add_group(parameters, {.lr = lr}); }

 private:
  const char* name() const override { return "sgd"; }
  const char* written_by() const override { return "your optimiser's step"; }
  int state_count(int) const override { return 0; }
  const char* state_name(int) const override { return ""; }
  void run(int group, Bucket& bucket, const Entry&) override {
    const double lr = options_[size_t(group)].lr;
    for (OptimSlot& s : bucket.slots) {
      const Numbers before = Tensor(s.p).to_vector<double>(), gradient = Tensor(s.g).to_vector<double>();
      Numbers after = before;
      piece_->call("piece_step", after.data(), gradient.data(), after.size(), lr);
      piece_->check_finite(piece_->info().functions.c_str(), gradient, after);
      Array values = tensor_of(after, s.p.shape(), s.p.dtype()).array();
      device_ops().copy(values, s.p);
    }
  }
  PiecePtr piece_;
};

}  // namespace

std::unique_ptr<Optimizer> step_by(const PiecePtr& piece, const NamedParameters& parameters, double lr) {
  return std::make_unique<LearnerStep>(piece, parameters, lr);
}

void put_pieces(const Pieces& pieces, Setup& setup, const TrainOptions& options) {
  if (pieces.linear || pieces.relu) {
    const auto* net = dynamic_cast<const Sequential*>(setup.model.get());
    if (!net) throw UnsupportedError("your pieces take the place of layers of a Sequential; this network is a " + setup.model->type_name() + ".");
    setup.model = std::make_shared<WithPieces>(*net, pieces);
  }
  if (const PiecePtr piece = pieces.loss) setup.loss = [piece](const Tensor& output, const Tensor& y) { return loss_by(piece, output, y); };
  if (const PiecePtr piece = pieces.step)
    setup.optimizer = [piece, lr = options.lr](const Module& model) { return step_by(piece, model.parameters(), lr); };
}

// ---- columns

FitColumn fit_column_by(const PiecePtr& piece) {
  return [piece](const Column& column, const std::vector<int64_t>& training_rows, double& mean, double& deviation) {
    Numbers train, all;
    for (const int64_t r : training_rows)
      if (const double v = column.values[size_t(r)]; !std::isnan(v)) train.push_back(v);
    if (train.empty()) return;  // nothing to learn from: the column stays as it is
    for (const double v : column.values)
      if (!std::isnan(v)) all.push_back(v);
    // Two more values show what is subtracted, and what is divided by.
    const double low = *std::min_element(train.begin(), train.end()), top = *std::max_element(train.begin(), train.end());
    const double high = top > low ? top : low + std::max(1.0, std::abs(low));
    all.push_back(low);
    all.push_back(high);
    Numbers y(all.size());
    piece->call("piece_standardise", train.data(), train.size(), all.data(), all.size(), y.data());
    piece->check_finite("transform", all, y);
    const double rise = y[y.size() - 1] - y[y.size() - 2], width = (high - low) / rise, middle = low - y[y.size() - 2] * width;
    if (!(width > 0) || !std::isfinite(middle) || !std::isfinite(width))
      throw NumericError(piece->str() + ": transform makes the same of different values in column '" + printable(column.name, 60) +
                         "'.\nHint: cairn check " + piece->info().exercise);
    for (size_t i = 0; i < all.size(); i++)
      if (const double expected = (all[i] - middle) / width; std::abs(y[i] - expected) > 1e-6 * (1 + std::abs(expected)))
        throw StateError(
            fmt::format("{}: transform makes {:.6g} of {:.6g} in column '{}', where the mean {:.6g} and the deviation {:.6g} of its other "
                        "values make {:.6g}.\nHint: cairn check {}",
                        piece->str(), y[i], all[i], printable(column.name, 60), middle, width, expected, piece->info().exercise));
    mean = middle;
    deviation = width;
  };
}

// ---- after the training

std::vector<double> f1_by(const PiecePtr& piece, const std::vector<std::vector<int64_t>>& counts) {
  std::vector<int> truth, predicted;
  for (size_t t = 0; t < counts.size(); t++)
    for (size_t p = 0; p < counts[t].size(); p++) {
      truth.insert(truth.end(), size_t(counts[t][p]), int(t));
      predicted.insert(predicted.end(), size_t(counts[t][p]), int(p));
    }
  Numbers three(3);
  piece->call("piece_f1", truth.data(), predicted.data(), truth.size(), int(counts.size()), three.data());
  piece->check_finite("f1", {}, three);
  return three;
}

}  // namespace cairn::course
