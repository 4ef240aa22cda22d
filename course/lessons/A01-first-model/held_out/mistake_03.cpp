// slip: the rate is a division of two whole numbers, which is 0
// shows: any start: the rate is 0 instead of 0.5, and the loss stays at about 0.7
// named: mutants/whole_numbers.cpp
// The net of the lesson starts afresh on new points and takes 300 steps with this rate.
double learning_rate() { return 1 / 2; }

// The loss that 300 steps have to get below. It stays as it is.
double goal() { return 0.2; }
