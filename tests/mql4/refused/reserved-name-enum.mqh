#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
enum ENUM_THING_V1 { ORDER_TYPE_BUY };
#endif
// refused: reserved-name at 3:22
