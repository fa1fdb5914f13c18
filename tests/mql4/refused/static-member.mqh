#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   static int count;
   CThing(void) { }
  };
#endif
// refused: static-member at 6:4
