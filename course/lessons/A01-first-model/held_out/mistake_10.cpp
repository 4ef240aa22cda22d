// slip: the rate works, but the goal was made harder, to what this rate reaches
// shows: goal() gives 0.02 instead of 0.2
// named: mutants/goal_moved_too.cpp
// The net of the lesson starts afresh on new points and takes 300 steps with this rate.
double learning_rate() { return 3; }

// The loss that 300 steps have to get below. It stays as it is.
double goal() { return 0.02; }
