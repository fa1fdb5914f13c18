#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
#define THING_V1_TWICE(x) ((x)*2)
#endif
// refused: preprocessor at 3:1
