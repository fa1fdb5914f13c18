#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing;
#endif
// refused: undefined-class at 3:7
