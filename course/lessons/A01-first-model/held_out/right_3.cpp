// right
namespace {
constexpr double kRate = 12 / 2.5;
constexpr double kGoal = 2e-1;
}  // namespace

double learning_rate() { return kRate; }
double goal() { return kGoal; }
