#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
enum { THING_V1_A };
#endif
// refused: anonymous-enum at 3:6
