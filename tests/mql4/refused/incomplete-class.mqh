#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   CThing part;
   CThing(void) { }
  };
#endif
// refused: incomplete-class at 6:11
