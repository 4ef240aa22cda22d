// slip: the goal was changed, too
// why: The goal says what counts as learned, and it stays as the file came with it: 0.2. The rate alone is yours to choose.

double learning_rate() { return 3; }

double goal() { return 0.5; }
