#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   int &a;
   CThing(void) { }
  };
#endif
// refused: reference-member at 6:8
