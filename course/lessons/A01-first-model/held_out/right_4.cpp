// right
double learning_rate() { return 3; }

double goal() { return 0.2; }
