// slip: the rate is negative
// why: The step goes against the slope already: w - rate * slope. A rate below 0 turns that round and climbs, so the loss grows with every
//   step. The rate is above 0.
double learning_rate() { return -3; }

double goal() { return 0.2; }
