// slip: the rate is 0
// why: With a rate of 0 no weight ever changes. If you wrote a fraction such as 1 / 2: in C++ a division of two whole numbers drops what comes
//   after the point, so 1 / 2 is 0. Write 0.5, or 1.0 / 2.
double learning_rate() { return 1 / 2; }

double goal() { return 0.2; }
