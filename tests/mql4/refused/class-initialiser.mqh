#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   int a=0;
   CThing(void) { }
  };
#endif
// refused: class-initialiser at 6:8
