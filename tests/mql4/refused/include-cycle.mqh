#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
#include <include-cycle.mqh>
#endif
// refused: include-cycle at 3:1
