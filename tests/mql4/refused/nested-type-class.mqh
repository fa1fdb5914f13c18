#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   class CInner
     {
     };
   CThing(void) { }
  };
#endif
// refused: nested-type at 6:4
