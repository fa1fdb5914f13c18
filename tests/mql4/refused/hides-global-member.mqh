#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
#define THING_V1_A 1
class CThing
  {
public:
   int THING_V1_A;
   CThing(void) { }
  };
#endif
// refused: hides-global at 7:8
