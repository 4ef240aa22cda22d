// right
double learning_rate() {
  double rate = 0.001;
  for (int i = 0; i < 3; i++) rate *= 10;  // three powers of ten above the first one
  return rate;
}

double goal() {
  const double loss = 0.2;
  return loss;
}
