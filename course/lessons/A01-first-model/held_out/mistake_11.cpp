// slip: the rate is still too small, a hundred times the first one is not enough
// shows: rate 0.1 ends near a loss of 0.28 instead of below 0.2
// named: mutants/hardly_moves.cpp
double learning_rate() { return 0.1; }

double goal() { return 0.2; }
