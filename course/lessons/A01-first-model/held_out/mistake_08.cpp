// slip: the rate is negative, in order to go against the slope; the step has that minus already
// shows: any start: 300 steps with -3 end at a loss of thousands
// named: mutants/uphill.cpp
// The net of the lesson starts afresh on new points and takes 300 steps with this rate.
double learning_rate() { return -3; }

// The loss that 300 steps have to get below. It stays as it is.
double goal() { return 0.2; }
