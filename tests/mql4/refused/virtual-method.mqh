#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   CThing(void) { }
   virtual void F(void) { }
  };
#endif
// refused: virtual-method at 7:4
