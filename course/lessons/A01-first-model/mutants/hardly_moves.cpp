// slip: the rate is too small
// why: The loss falls at every step, but each step is so short that 300 of them do not arrive. Try ten times as much, and ten times as much
//   again.
double learning_rate() { return 0.01; }

double goal() { return 0.2; }
