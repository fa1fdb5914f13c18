#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   CThing(void) { }
   ~CThing(void) { }
  };
#endif
// refused: destructor at 7:4
