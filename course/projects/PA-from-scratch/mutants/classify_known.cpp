// slip: the classes of the pictures to train on are returned
// why: Asked for are those of the unknown pictures: give these to the trained model.
#include <cstddef>
#include <vector>

using solution_::cross_entropy;
using solution_::cross_entropy_gradient;
using solution_::halved;
using solution_::largest;
using solution_::mlp_gradient;
using solution_::mlp_logits;
using solution_::random_mlp;
using solution_::shuffled;
using solution_::softmax_gradient;
using solution_::softmax_logits;
using solution_::train_mlp;
using solution_::train_softmax;

std::vector<int> classify_with_softmax(const Pictures& train, const Pictures& unknown, const Report& report) {
  (void)unknown;
  return solution_::classify_with_softmax(train, train, report);
}

std::vector<int> classify_with_mlp(const Pictures& train, const Pictures& unknown, const Report& report) {
  (void)unknown;
  return solution_::classify_with_mlp(train, train, report);
}
