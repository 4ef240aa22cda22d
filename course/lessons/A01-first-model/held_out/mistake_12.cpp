// slip: the rate is far too large, the steps jump over the lowest place and the loss climbs
// shows: rate 100 ends near a loss of 57 (mean of eighteen starts) instead of below 0.2
// named: mutants/diverges.cpp
double learning_rate() { return 100.0; }

double goal() { return 0.2; }
