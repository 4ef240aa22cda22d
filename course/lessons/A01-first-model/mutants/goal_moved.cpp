// slip: the goal was changed instead of the rate
// why: The goal says what counts as learned. When it is moved to where the loss already is, the check says yes and the net has learned nothing.
//   Set it back to 0.2 and change the rate.
double learning_rate() { return 0.001; }

double goal() { return 2; }
