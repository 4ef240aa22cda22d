// slip: the rate is too large
// why: Every step jumps over the valley to a place higher up, so the loss goes up and down instead of towards 0. Larger is faster only up to
//   a point; try a tenth of it.
double learning_rate() { return 300; }

double goal() { return 0.2; }
