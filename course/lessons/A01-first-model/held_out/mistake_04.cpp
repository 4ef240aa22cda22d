// slip: the goal was moved up to what the loss came to, instead of finding a rate
// shows: goal() gives 0.5 instead of 0.2; 300 steps with 0.01 end at about 0.45
// named: mutants/goal_moved_too.cpp
// named: mutants/goal_moved.cpp
// The net of the lesson starts afresh on new points and takes 300 steps with this rate.
double learning_rate() { return 0.01; }

// The loss that 300 steps have to get below. It stays as it is.
double goal() { return 0.5; }
