#ifndef SUPPORT_V1_MQH
#define SUPPORT_V1_MQH
#include <support.mqh>
#endif
// refused: defined-twice at 1:1
