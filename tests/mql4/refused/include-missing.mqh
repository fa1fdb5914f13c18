#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
#include <Nowhere.mqh>
#endif
// refused: include-missing at 3:1
