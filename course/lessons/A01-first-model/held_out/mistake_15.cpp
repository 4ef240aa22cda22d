// slip: a negative rate, "against the slope" was written into the rate although the step subtracts already
// shows: rate -3 goes uphill and ends near a loss of ten thousand
// named: mutants/uphill.cpp
double learning_rate() {
  return -3;  // against the slope, so minus
}

double goal() { return 0.2; }
