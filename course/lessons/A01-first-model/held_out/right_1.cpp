// right
// The net of the lesson starts afresh on new points and takes 300 steps with this rate.
double learning_rate() { return 3; }

// The loss that 300 steps have to get below. It stays as it is.
double goal() { return 0.2; }
