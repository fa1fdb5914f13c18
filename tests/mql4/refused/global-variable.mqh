#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int thing_v1_count=0;
#endif
// refused: global-variable at 3:5
