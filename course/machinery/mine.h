// A learner's pieces in place of the engine's: the recipe's network, loss, optimiser and columns call them. Weights stay the network's own, so
// that the trained model is used without the learner's code.
#pragma once

#include <memory>

#include <course/machinery/pieces.h>
#include <recipes/recipe.h>

namespace cairn::course {

// A piece for each place; null: the engine's.
struct Pieces {
  std::shared_ptr<Piece> standardise, linear, relu, loss, step, f1;
  std::shared_ptr<Piece>& at(const std::string& name);  // by the piece's name; StateError for another
  std::vector<std::shared_ptr<Piece>> all() const;      // those that are there, in the order of all_pieces()
};

// The network, the loss and the optimiser of a training with the pieces in their places. The network has to be a Sequential, as mlp's is.
void put_pieces(const Pieces& pieces, Setup& setup, const TrainOptions& options);

// y = relu(x)
Tensor relu_by(const std::shared_ptr<Piece>& piece, const Tensor& x);
// y = x w^T + b by the engine, gradients by the piece.       x [n, k]   w [m, k]   b [m], may be undefined   y [n, m]
Tensor linear_by(const std::shared_ptr<Piece>& piece, const Tensor& x, const Tensor& w, const Tensor& b);
// The mean over the rows of the sum over the classes of binary cross-entropies.     logits [n, classes]   labels i64 [n]
Tensor loss_by(const std::shared_ptr<Piece>& piece, const Tensor& logits, const Tensor& labels);
Tensor engine_loss(const Tensor& logits, const Tensor& labels);  // the same by the engine
// w -= lr dw
std::unique_ptr<Optimizer> step_by(const std::shared_ptr<Piece>& piece, const NamedParameters& parameters, double lr);
// Mean and deviation as the piece's transform shows them. It is applied to every value of the column; StateError where it does anything but
// shift and scale.
FitColumn fit_column_by(const std::shared_ptr<Piece>& piece);
// Precision, recall and F1, each the mean over the classes, of counts[truth][predicted].
std::vector<double> f1_by(const std::shared_ptr<Piece>& piece, const std::vector<std::vector<int64_t>>& counts);

}  // namespace cairn::course
