#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   int a;
   CThing(void) { a=0; }
   void F(void) const { a=1; }
  };
#endif
// refused: const-assignment at 8:25
