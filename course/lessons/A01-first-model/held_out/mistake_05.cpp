// slip: far too large a rate: the number of the steps was taken
// shows: any start: 300 steps with 300 end at a loss above 50
// named: mutants/diverges.cpp
// The net of the lesson starts afresh on new points and takes 300 steps with this rate.
double learning_rate() { return 300; }

// The loss that 300 steps have to get below. It stays as it is.
double goal() { return 0.2; }
