#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
enum ENUM_THING_V1 { THING_V1_A, };
#endif
// refused: trailing-comma at 3:34
